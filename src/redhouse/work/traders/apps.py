from django.apps import AppConfig


class TradersConfig(AppConfig):
    name = "redhouse.work.traders"
    label = "traders"
    verbose_name = "商户与党组织"
