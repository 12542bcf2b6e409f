from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "sutarta.apps.mail"
    label = "mail"
