from django.apps import AppConfig


class BodiesConfig(AppConfig):
    name = "redhouse.ground.bodies"
    label = "bodies"
    verbose_name = "组织"
