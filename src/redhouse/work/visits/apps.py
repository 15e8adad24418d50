from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from redhouse.web.navigation import Entry, Line


def sees(person: Any) -> bool:
    return person is not None


class VisitsConfig(AppConfig):
    name = "redhouse.work.visits"
    label = "visits"
    verbose_name = "走访联系"
    navigation = (Entry(Line.POWER_DOWN, _("走访"), "visits:mine", rank=1, icon="walk", sees=sees),)
