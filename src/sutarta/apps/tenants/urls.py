"""Addresses of a group's look: its colour and its mark, named by their digests."""

from django.urls import path

from sutarta.apps.tenants import views

app_name = "tenants"
urlpatterns = [
    path("<slug:digest>.css", views.style, name="look"),
    path("mark/<slug:digest>.png", views.mark, name="mark"),
]
