"""What every page is made of."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "sutarta.apps.ui"
    label = "ui"
