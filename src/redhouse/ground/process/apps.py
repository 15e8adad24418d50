from django.apps import AppConfig


class ProcessConfig(AppConfig):
    name = "redhouse.ground.process"
    label = "process"
    verbose_name = "程序"
