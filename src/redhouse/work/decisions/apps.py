from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "redhouse.work.decisions"
    label = "decisions"
    verbose_name = "重要事权"
