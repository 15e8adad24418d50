from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "redhouse.ground.clients"
    label = "clients"
    verbose_name = "接入"
