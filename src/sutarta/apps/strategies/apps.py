from django.apps import AppConfig


class StrategiesConfig(AppConfig):
    name = "sutarta.apps.strategies"
    label = "strategies"
