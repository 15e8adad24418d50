from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "redhouse.work.visits"
    label = "visits"
    verbose_name = "走访联系"
