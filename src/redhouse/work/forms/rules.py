"""Who may read a form, fill what it asks, draft a new one, let it be used; and what a new one still needs."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.holdings import all_holdings, holding_named
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.rules import may
from redhouse.ground.people.models import Person
from redhouse.kit.divisions import town_of
from redhouse.work.forms.definitions import Every, held_as
from redhouse.work.forms.definitions.reading import already_held
from redhouse.work.forms.enums import COLUMNS_AT_MOST, QUESTIONS_AT_MOST, DraftState
from redhouse.work.forms.models import FormDraft
from redhouse.work.forms.queries.ledgers import Asked


def may_see_any(person: Person | None, thing: object = None, *, on: date) -> bool:
    verbs = {holding.verb for holding in all_holdings()}
    return any(reach_of(person, verb, on) for verb in verbs)


def may_fill(person: Person, asked: Asked, *, on: date) -> bool:
    """Who works there, not who only watches."""
    return may(person, Verb.FILL_FORMS, asked.division.code, on)


def may_draft(person: Person | None, thing: object = None, *, on: date) -> bool:
    """The town's organisation office: one place decides what villages are asked."""
    return person is not None and may(person, Verb.DRAFT_FORMS, town_of(person.division_code), on)


def may_decide(person: Person, draft: FormDraft, *, on: date) -> bool:
    """A leader of the town, never the author."""
    waits = draft.state == DraftState.WAITING and draft.author_id != person.pk
    return waits and may(person, Verb.APPROVE_FORMS, draft.division_code, on)


def missing_before_draft(holding_key: str, fields: Sequence[str], questions: Sequence[str], every: str) -> list[str]:
    """What stands in the way of a new form: above all a question that the house can answer itself."""
    holding = holding_named(holding_key)
    if holding is None:
        return [_("请选每行是什么：从系统已有的数据里选一类。")]
    lacking = []
    if not fields:
        lacking.append(_("请至少选一个已有的栏目。"))
    if any(key not in holding.by_key for key in fields):
        lacking.append(_("有一个栏目不在“%(title)s”里：请重新选。") % {"title": holding.title})
    if len(fields) + len(questions) > COLUMNS_AT_MOST:
        lacking.append(_("一份报表最多%(n)s栏：请去掉几栏。") % {"n": COLUMNS_AT_MOST})
    if len(questions) > QUESTIONS_AT_MOST:
        lacking.append(_("一份报表最多问%(n)s项：请去掉几项。") % {"n": QUESTIONS_AT_MOST})
    if doubled := sorted({text for text in questions if questions.count(text) > 1}):
        lacking.append(_("“%(text)s”问了两遍：请去掉一个。") % {"text": doubled[0]})
    lacking += [already_held(text, *found) for text in questions if (found := held_as(text)) is not None]
    if every not in Every.values:
        lacking.append(_("请选多久填一次。"))
    return lacking
