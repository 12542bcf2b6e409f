"""Addresses of the log's witnesses."""

from django.urls import path

from sutarta.apps.publishing.views import witnesses

desk = "desk/settings/witnesses/"
urlpatterns = [
    path("log/cosign", witnesses.take, name="cosign"),
    path("log/witnesses/", witnesses.public, name="witnesses"),
    path(desk, witnesses.desk, name="desk_witnesses"),
    path(desk + "<uuid:witness>/end/", witnesses.end, name="end_witness"),
]
