from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "redhouse.ground.papers"
    label = "papers"
    verbose_name = "文件"
