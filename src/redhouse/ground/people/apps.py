from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "redhouse.ground.people"
    label = "people"
    verbose_name = "人"
