from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ProcessConfig(AppConfig):
    name = "redhouse.ground.process"
    label = "process"
    verbose_name = "程序"

    def ready(self) -> None:
        autodiscover_modules("rules")  # every room says what else its steps need (`rules.missing_before`)
