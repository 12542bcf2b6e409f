from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "sutarta.apps.people"
    label = "people"
