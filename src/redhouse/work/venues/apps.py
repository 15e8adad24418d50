from django.apps import AppConfig


class VenuesConfig(AppConfig):
    name = "redhouse.work.venues"
    label = "venues"
    verbose_name = "阵地"
