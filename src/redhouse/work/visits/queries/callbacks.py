"""Call-back samples: how they are drawn, what is to be asked, and what came of it."""

import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.people.models import Person
from redhouse.ground.places.queries import within
from redhouse.kit.divisions import prefix
from redhouse.kit.interval import exact_interval
from redhouse.kit.numbers import percent
from redhouse.kit.today import today
from redhouse.work.visits.enums import CallAnswer
from redhouse.work.visits.facts import VISIT_RECORDED
from redhouse.work.visits.models import Callback, CallbackSample

_STANDING = (
    " FROM ledger_fact f WHERE f.kind = %s AND f.division_code LIKE %s AND f.happened_on BETWEEN %s AND %s"
    " AND f.fact_id <= %s"
    " AND NOT EXISTS (SELECT 1 FROM ledger_fact c WHERE c.corrects_id = f.fact_id AND c.fact_id <= %s)"
)


def new_seed() -> str:
    return secrets.token_hex(16)


def visits_between(division_code: str, from_on: date, last_on: date) -> tuple[int, int]:
    """How many visits stand in the period, and the last fact that was looked at."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(fact_id), 0) FROM ledger_fact")
        cut = int(cursor.fetchone()[0])
        cursor.execute("SELECT count(*)" + _STANDING, _values(division_code, from_on, last_on, cut))
        return int(cursor.fetchone()[0]), cut


def visits_drawn(sample: CallbackSample) -> list[int]:
    """The visits of a sample, drawn again: the smallest digests of seed and fact number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.fact_id"
            + _STANDING
            + " ORDER BY sha256(convert_to(%s || ':' || f.fact_id, 'UTF8')), f.fact_id LIMIT %s",
            [
                *_values(sample.division_code, sample.from_on, sample.last_on, sample.last_fact_id),
                sample.seed,
                sample.size,
            ],
        )
        return [int(number) for (number,) in cursor.fetchall()]


def _values(division_code: str, from_on: date, last_on: date, cut: int) -> list[Any]:
    return [VISIT_RECORDED, prefix(division_code) + "%", from_on, last_on, cut, cut]


@dataclass(frozen=True)
class Outcome:
    """What a sample says: of those who remembered, how many were visited, and between which shares the truth lies
    with 95 % confidence (exact, in thousandths, rounded outwards)."""

    asked: int
    waiting: int
    confirmed: int
    denied: int
    unsure: int
    unreached: int
    low: Fraction | None
    high: Fraction | None

    @property
    def share(self) -> str:
        return percent(self.confirmed, self.confirmed + self.denied, 1)

    @property
    def between(self) -> tuple[str, str] | None:
        """Both ends of the interval in words; None while nobody remembered anything."""
        if self.low is None or self.high is None:
            return None
        return percent(*self.low.as_integer_ratio(), 1), percent(*self.high.as_integer_ratio(), 1)

    @property
    def answered(self) -> int:
        return self.confirmed + self.denied


def outcome_of(answers: Counter[str]) -> Outcome:
    yes, no = answers[CallAnswer.YES], answers[CallAnswer.NO]
    low, high = exact_interval(yes, yes + no) if yes + no else (None, None)
    return Outcome(
        asked=sum(answers.values()) - answers[""],
        waiting=answers[""],
        confirmed=yes,
        denied=no,
        unsure=answers[CallAnswer.UNSURE],
        unreached=answers[CallAnswer.UNREACHED],
        low=low,
        high=high,
    )


def outcome_of_sample(sample: CallbackSample) -> Outcome:
    return outcome_of(Counter(Callback.objects.filter(sample=sample).values_list("answer", flat=True)))


def samples_for(person: Person, on: date) -> list[tuple[CallbackSample, Outcome]]:
    """Samples within this person's sight, newest first, with what came of them; two queries."""
    seen = within(reach_of(person, Verb.SEE_PEOPLE, on))
    samples = list(CallbackSample.objects.filter(seen).order_by("-pk")[:50])
    counted: dict[int, Counter[str]] = {sample.pk: Counter() for sample in samples}
    for sample_id, answer in Callback.objects.filter(sample__in=samples).values_list("sample_id", "answer"):
        counted[sample_id][answer] += 1
    return [(sample, outcome_of(counted[sample.pk])) for sample in samples]


def sample_for(person: Person, sample_id: int) -> CallbackSample | None:
    return CallbackSample.objects.filter(within(reach_of(person, Verb.SEE_PEOPLE, today())), pk=sample_id).first()


def callbacks_of(sample: CallbackSample) -> QuerySet[Callback]:
    """Those that wait first, by door."""
    rows = Callback.objects.filter(sample=sample).select_related("household__dwelling", "household__head")
    return rows.order_by("answer", "division_code", "household__dwelling__door")


def callback_for(person: Person, callback_id: int) -> Callback | None:
    reach = within(reach_of(person, Verb.SEE_PEOPLE, today()))
    return Callback.objects.filter(reach, pk=callback_id).select_related("sample").first()
