"""Addresses of the mailboxes, among the settings."""

from django.urls import path

from sutarta.apps.consultations.views.desk import mailboxes

urlpatterns = [
    path("desk/settings/mailboxes/", mailboxes.mailboxes, name="mailboxes"),
    path("desk/settings/mailboxes/add/", mailboxes.add, name="mailbox_add"),
    path("desk/settings/mailboxes/back/", mailboxes.back, name="mailbox_back"),
    path("desk/settings/mailboxes/<uuid:mailbox>/", mailboxes.mailbox, name="mailbox"),
]
