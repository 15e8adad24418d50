from django.apps import AppConfig


class AnswersConfig(AppConfig):
    name = "redhouse.work.answers"
    label = "answers"
    verbose_name = "答卷"
