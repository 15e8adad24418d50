"""Corroboration instead of ritual: a random sample, another person, one question."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet, in_words
from redhouse.ground.people.models import Household, Person
from redhouse.work.visits import facts, rules
from redhouse.work.visits.enums import CallAnswer
from redhouse.work.visits.models import Callback, CallbackSample
from redhouse.work.visits.queries.callbacks import new_seed, visits_between, visits_drawn


@transaction.atomic
def draw_sample(
    *, division_code: str, from_on: date, last_on: date, size: int, by: Person, on: date, seed: str = ""
) -> CallbackSample:
    """Draw `size` visits of `[from_on, last_on]` that stand today. Raises NotYet, ValidationError, PermissionDenied."""
    if not rules.may_draw_sample(by, division_code, on=on):
        raise PermissionDenied(_("回访由本村（社区）或镇的书记、组织干部抽取"))
    count, cut = visits_between(division_code, from_on, last_on)
    if not count:
        raise NotYet([_("这段时间这里没有走访，不用回访")])
    row = CallbackSample(
        division_code=division_code,
        from_on=from_on,
        last_on=last_on,
        size=min(size, count),
        visits=count,
        last_fact_id=cut,
        seed=seed or new_seed(),
        drawn_on=on,
        drawn_by=by,
    )
    row.full_clean(exclude=["drawn_by"])
    with in_words(row):
        row.save()
    drawn = Fact.objects.in_bulk(visits_drawn(row))
    standing = Household.objects.in_bulk({fact.subject_id for fact in drawn.values()})
    Callback.objects.bulk_create(
        Callback(
            sample=row,
            fact=fact,
            household=standing[fact.subject_id],
            member_id=fact.actor_id or 0,
            division_code=fact.division_code,
            visited_on=fact.happened_on,
        )
        for fact in drawn.values()
    )
    ledger.record(facts.CALLBACKS_SAMPLED, happened_on=on, division_code=division_code, by=by.pk, quantity=len(drawn))
    return row


@transaction.atomic
def answer_callback(*, callback: Callback, answer: CallAnswer, by: Person, on: date) -> Callback:
    """Write down what was answered. Somebody who could not be reached may be tried again; a given answer stays."""
    row = Callback.objects.select_for_update().get(pk=callback.pk)
    if not rules.may_answer_callback(by, row, on=on):
        raise PermissionDenied(_("回访要由走访人以外、能看到这一户的人来问"))
    if row.answer and row.answer != CallAnswer.UNREACHED:
        raise NotYet([_("这一户已经回访过")])
    row.answer, row.asked_on, row.asked_by = answer, on, by
    row.full_clean(exclude=["sample", "fact", "household", "member", "asked_by"])
    row.save(update_fields=["answer", "asked_on", "asked_by"])
    ledger.record(
        facts.CALLBACK_ANSWERED,
        happened_on=on,
        division_code=row.division_code,
        by=by.pk,
        subject=row.household_id,
        label=row.answer,
    )
    return row
