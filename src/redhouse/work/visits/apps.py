from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from redhouse.web.navigation import Entry, Line


def sees(person: Any) -> bool:
    return person is not None


def counts(person: Any) -> bool:
    from redhouse.ground.access.enums import Verb  # models are not ready when apps are listed
    from redhouse.ground.access.queries import reach_of
    from redhouse.kit.today import today

    return bool(reach_of(person, Verb.SEE_PEOPLE, today()))


class VisitsConfig(AppConfig):
    name = "redhouse.work.visits"
    label = "visits"
    verbose_name = "走访联系"
    navigation = (
        Entry(Line.POWER_DOWN, _("走访"), "visits:mine", rank=1, icon="walk", sees=sees),
        Entry(Line.POWER_DOWN, _("联系问题"), "visits:problems", rank=2, sees=sees),
        Entry(Line.POWER_DOWN, _("驻点直联"), "visits:stations", rank=3, sees=counts),
        Entry(Line.POWER_DOWN, _("联系统计与安排"), "visits:counts", rank=4, sees=counts),
    )
