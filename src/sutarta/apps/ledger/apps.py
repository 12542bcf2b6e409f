from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "sutarta.apps.ledger"
    label = "ledger"
