from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "redhouse.web"
    label = "web"
