from django.apps import AppConfig


class GridworkConfig(AppConfig):
    name = "redhouse.work.gridwork"
    label = "gridwork"
    verbose_name = "网格"
