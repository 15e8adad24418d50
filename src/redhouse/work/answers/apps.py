from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from redhouse.web.navigation import Entry, Line


def sees(person: Any) -> bool:
    from redhouse.work.answers.rules import may_see_any_answers  # models are not ready when apps are listed

    return may_see_any_answers(person)


class AnswersConfig(AppConfig):
    name = "redhouse.work.answers"
    label = "answers"
    verbose_name = "答卷"
    navigation = (Entry(Line.ANSWERS, _("年度答卷"), "answers:sheet", icon="answers", sees=sees),)
