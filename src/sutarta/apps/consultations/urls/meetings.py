"""Addresses of meetings with residents."""

from django.urls import path

from sutarta.apps.consultations.views.public import lists

urlpatterns = [
    path("meetings/leave/<str:ticket>/", lists.leave, name="meeting_leave"),
]
