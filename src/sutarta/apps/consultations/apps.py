from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "sutarta.apps.consultations"
    label = "consultations"
