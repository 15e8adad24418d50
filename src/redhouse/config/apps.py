from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "redhouse.config"
    label = "config"
    verbose_name = "设置"

    def ready(self) -> None:
        from redhouse.config import checks  # noqa: F401  (registers the checks)
