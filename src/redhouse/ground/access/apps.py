from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "redhouse.ground.access"
    label = "access"
    verbose_name = "权限"
