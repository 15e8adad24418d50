from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from redhouse.web.navigation import Entry, Line


def sees(person: Any) -> bool:
    return person is not None


class DecisionsConfig(AppConfig):
    name = "redhouse.work.decisions"
    label = "decisions"
    verbose_name = "重要事权"
    navigation = (
        Entry(Line.POWERS, _("事项"), "decisions:matters", icon="doc", sees=sees),
        Entry(Line.POWERS, _("会议与表决"), "decisions:meetings", rank=1, sees=sees),
        Entry(Line.POWERS, _("清单"), "decisions:power-list", rank=2, sees=sees),
    )
