from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LedgerConfig(AppConfig):
    name = "redhouse.ground.ledger"
    label = "ledger"
    verbose_name = "账本"

    def ready(self) -> None:
        autodiscover_modules("facts")  # every room tells the ledger its sentences
