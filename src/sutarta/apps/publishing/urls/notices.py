"""Addresses of notices."""

from django.urls import path

from sutarta.apps.publishing.views import notices

urlpatterns = [
    path("c/<int:consultation>/deadline.ics", notices.calendar, name="calendar"),
]
