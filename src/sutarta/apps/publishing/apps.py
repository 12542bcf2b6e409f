from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "sutarta.apps.publishing"
    label = "publishing"
