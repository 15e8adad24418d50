from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "redhouse.ground.places"
    label = "places"
    verbose_name = "地方"
