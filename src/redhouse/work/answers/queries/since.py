"""An approved sheet against today: each figure the same or different, and why.

Between the frozen number and today's lie three steps, each counted: the frozen text at the frozen cut (what stands in
the ground may have been edited), today's text at the frozen cut (the definition may have changed), today's text today
(facts were recorded or corrected). A step that changes the number is a reason.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.queries import last_fact_id
from redhouse.kit.divisions import prefix
from redhouse.work.answers.definitions import COUNT, Answer, as_answer, load_figures, parameters, with_prelude
from redhouse.work.answers.definitions.figures import PRELUDE
from redhouse.work.answers.models import FrozenSheet
from redhouse.work.answers.queries.frozen import frozen_answers
from redhouse.work.answers.queries.runs import answers, bound, reading, run

NAMED_KINDS = re.compile(r"'([a-z][a-z0-9_]+_[a-z0-9_]+)'")
SHOWN = 10  # corrections named one by one


@dataclass(frozen=True)
class Later:
    """Facts recorded after the cut that a figure reads: how many are new, and which correct an earlier one."""

    added: int
    corrections: list[tuple[int, int]]  # (the later fact, the one it takes the place of), the newest first
    corrected: int


@dataclass(frozen=True)
class Change:
    """A frozen figure beside today's. `live` is None where nothing counts it any more. All reasons False: the same."""

    frozen: Answer
    live: Answer | None
    ground: bool = False
    text: bool = False
    later: Later | None = None

    @property
    def is_same(self) -> bool:
        return self.live is not None and _counts(self.frozen) == _counts(self.live)


def since_frozen(frozen: FrozenSheet) -> list[Change]:
    """Every frozen figure against today, in its order."""
    then = frozen_answers(frozen)
    code, as_of = frozen.content["division_code"], date.fromisoformat(frozen.content["as_of"])
    known = load_figures()
    today = {
        answer.figure.id: answer
        for answer in answers([known[a.figure.id] for a in then if a.figure.id in known], code, as_of, last_fact_id())
    }
    return [_change(answer, today.get(answer.figure.id), frozen.content["prelude"]) for answer in then]


def _change(frozen: Answer, live: Answer | None, prelude: str) -> Change:
    if live is None or _counts(frozen) == _counts(live):
        return Change(frozen, live)
    by_old_text = _counted_by(frozen, prelude)
    by_new_text = run(live.figure, frozen.division_code, frozen.as_of, frozen.last_fact_id)
    return Change(
        frozen,
        live,
        ground=_counts(by_old_text) != _counts(frozen),
        text=_counts(by_new_text) != _counts(by_old_text),
        later=_later(live, frozen.last_fact_id) if _counts(live) != _counts(by_new_text) else None,
    )


def _counts(answer: Answer) -> tuple[Any, ...]:
    return answer.numerator, answer.denominator, answer.facts, answer.parts


def _counted_by(frozen: Answer, prelude: str) -> Answer:
    """The frozen text run again at the frozen cut, beside the memo."""
    given = (frozen.division_code, frozen.as_of, frozen.last_fact_id)
    if frozen.numerator is None:
        return frozen
    with reading() as cursor:
        cursor.execute(
            bound(with_prelude(frozen.figure.count_sql, COUNT).replace(PRELUDE, prelude)), parameters(*given)
        )
        return as_answer(frozen.figure, *given, [list(row) for row in cursor.fetchall()])


def _later(live: Answer, cut: int) -> Later:
    """What was recorded after the cut of the kinds that the figure's text names, or in place of one of them."""
    kinds = NAMED_KINDS.findall(live.figure.count_sql)
    after = Fact.objects.filter(
        fact_id__gt=cut, fact_id__lte=live.last_fact_id, division_code__startswith=prefix(live.division_code)
    )
    corrections = after.filter(corrects__isnull=False, corrects__kind__in=kinds).order_by("-fact_id")
    return Later(
        added=after.filter(kind__in=kinds, corrects__isnull=True).count(),
        corrections=list(corrections.values_list("fact_id", "corrects_id")[:SHOWN]),
        corrected=corrections.count(),
    )
