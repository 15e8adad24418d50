from django.apps import AppConfig


class OccasionsConfig(AppConfig):
    name = "redhouse.ground.occasions"
    label = "occasions"
    verbose_name = "活动"
