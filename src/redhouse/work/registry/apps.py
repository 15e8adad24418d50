from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "redhouse.work.registry"
    label = "registry"
    verbose_name = "党员与组织"
