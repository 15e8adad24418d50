from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from redhouse.web.navigation import Entry, Line


def sees(person: Any) -> bool:
    """Whoever may read some place's rows; asked once a page, of posts that the page has read already."""
    from redhouse.kit.today import today
    from redhouse.work.forms.rules import may_see_any

    return may_see_any(person, on=today())


class FormsConfig(AppConfig):
    name = "redhouse.work.forms"
    label = "forms"
    verbose_name = "报表"
    navigation = (
        Entry(Line.FORMS, _("报表台账"), "forms:index", rank=1, sees=sees),
        Entry(Line.FORMS, _("填表负担"), "forms:burden", rank=2, sees=sees),
    )
