from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    name = "redhouse.ground.people"
    label = "people"
    verbose_name = "人"

    def ready(self) -> None:
        autodiscover_modules("care")  # every room says whose care its households are in
