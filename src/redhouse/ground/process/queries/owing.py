"""What a person owes: the one query behind “my to-do”."""

from collections import defaultdict
from datetime import date

from django.db.models import F, Func, JSONField, Q, QuerySet

from redhouse.ground.bodies.enums import BodyKind
from redhouse.ground.bodies.models import Relation
from redhouse.ground.people.models import Person
from redhouse.ground.places.queries import within
from redhouse.ground.process.enums import CASE_KINDS, Outcome
from redhouse.ground.process.models import RunStep
from redhouse.ground.process.queries.holders import Surroundings, acting_posts, fills, might_fill
from redhouse.ground.process.queries.runs import open_steps
from redhouse.kit.divisions import prefix

_OWED_BY = Func(
    F("run__version__steps"), F("key"), template="(%(expressions)s -> 'owed_by')", arg_joiner=" -> ",
    output_field=JSONField(),
)  # fmt: skip
UNSAID = ("", Outcome.WITHDRAWN, Outcome.MOVED)  # closings by which nobody judged the step


def open_for(person: Person, on: date, *, cases: bool) -> list[RunStep]:
    """`owed_by`, of cases or of matters alone; asked once for all rooms that list it in one request, and so kept on
    the person."""
    kept: dict[date, list[RunStep]] = person.__dict__.setdefault("_open_for", {})
    if on not in kept:
        kept[on] = owed_by(person, on)
    return [step for step in kept[on] if (step.kind in CASE_KINDS) == cases]


def owed_by(person: Person, on: date, *, among: QuerySet[RunStep] | None = None) -> list[RunStep]:
    """Open steps of matters and cases that this person may close on `on`, the most urgent first; suspended runs wait
    at the end. Of steps `among` which something is left to do: those whose roles this person fills, open or not.
    The same few queries, however many runs there are."""
    posts = acting_posts(person, on)
    roles = sorted({role for post in posts for role in might_fill(post)})
    if not roles:
        return []
    prefixes = {prefix(post.body.division_code) for post in posts}
    teams = [post.body_id for post in posts if post.body.kind == BodyKind.STATION_TEAM]
    if teams:
        guided = Relation.objects.as_of(on).filter(from_body__in=teams)
        prefixes |= {prefix(code) for code in guided.values_list("to_body__division_code", flat=True)}
    hosts = {host for post in posts for host in (post.body_id, post.body.parent_id) if host is not None}
    near = Q(run__host__in=hosts) | within(sorted(prefixes), "run__division_code")
    asked = (open_steps() if among is None else among).filter(near)
    steps = list(asked.alias(owed_by=_OWED_BY).filter(owed_by__has_any_keys=roles))
    around = Surroundings({step.run.division_code for step in steps}, on)
    mine = [
        step
        for step in steps
        if any(fills(post, role, step.run, around) for role in _rule(step)["owed_by"] for post in posts)
    ]
    taken = keys_closed_by(person, [step.run_id for step in mine if _rule(step)["apart_from"]])
    free = [step for step in mine if taken[step.run_id].isdisjoint(_rule(step)["apart_from"])]
    return sorted(free, key=lambda step: (step.run.suspended_on is not None, step.due_on or date.max, step.pk))


def keys_closed_by(person: Person, run_ids: list[int]) -> dict[int, set[str]]:
    """run -> the steps that this person has closed there; one query, none for no run."""
    closed: dict[int, set[str]] = defaultdict(set)
    if not run_ids:
        return closed
    rows = RunStep.objects.filter(run__in=run_ids, closed_by=person).exclude(outcome__in=UNSAID)
    for run_id, key in rows.values_list("run_id", "key"):
        closed[run_id].add(key)
    return closed


def _rule(step: RunStep) -> dict[str, list[str]]:
    rule: dict[str, list[str]] = step.run.version.steps[step.key]
    return rule
