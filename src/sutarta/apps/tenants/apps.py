from django.apps import AppConfig


class TenantsConfig(AppConfig):
    name = "sutarta.apps.tenants"
    label = "tenants"
