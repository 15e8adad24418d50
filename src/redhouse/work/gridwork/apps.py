from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from redhouse.web.navigation import Entry, Line


def sees(person: Any) -> bool:
    """Whoever has a post of the grid, or above it; asked once a page, of posts that the page has read already."""
    from redhouse.kit.today import today
    from redhouse.work.gridwork.rules import may_see_any

    return may_see_any(person, on=today())


class GridworkConfig(AppConfig):
    name = "redhouse.work.gridwork"
    label = "gridwork"
    verbose_name = "网格"
    navigation = (
        Entry(Line.POWER_DOWN, _("网格事件"), "gridwork:board", rank=5, sees=sees),
        Entry(Line.POWER_DOWN, _("巡查"), "gridwork:inspections", rank=6, sees=sees),
    )
