from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccessConfig(AppConfig):
    name = "redhouse.ground.access"
    label = "access"
    verbose_name = "权限"

    def ready(self) -> None:
        autodiscover_modules("holdings")  # every room says what it holds already
