"""Posts: by number, organisation and kind."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_noop as _

from redhouse.ground.bodies.models import Body
from redhouse.ground.people.models import Post
from redhouse.ground.people.rules import missing_for_post
from redhouse.work.registry.rules.plans.persons import (
    PersonPlan,
    body_of,
    chunks,
    forget_unused,
    people_in,
    place_person,
    standing_bodies,
)
from redhouse.work.registry.rules.plans.scope import SAID, Scope, refuse_outside, settle
from redhouse.work.registry.rules.tables import Table


@dataclass
class NewSeat:
    number: str
    body: Body
    kind: str
    on: date
    term_ends_on: date | None


@dataclass
class PostPlan:
    people: PersonPlan
    new: list[NewSeat] = field(default_factory=list)
    terms: list[tuple[Post, date]] = field(default_factory=list)
    left: list[tuple[Post, date]] = field(default_factory=list)


def plan_posts(table: Table, scope: Scope) -> PostPlan:
    refuse_outside(table, scope)
    plan = PostPlan(people_in(table))
    bodies = standing_bodies(table)
    held: dict[tuple[int, int, str], list[Post]] = defaultdict(list)
    for some in chunks([person.pk for person in plan.people.known.values()]):
        for post in Post.objects.filter(person_id__in=some).select_related("body"):
            held[post.person_id, post.body_id, post.kind].append(post)
    used = []
    for row in table.live:
        body = body_of(table, row, bodies)
        if body is None:
            continue
        kind, until = str(table.values["kind"][row]), table.values["until_on"][row]
        if missing := missing_for_post(kind, body):
            table.refuse(row, "kind", SAID, sentence="；".join(missing))
        elif place_person(table, row, plan.people, scope, standing=until is not None):
            number = str(table.values["citizen_id"][row])
            person = plan.people.known.get(number)
            _seat(table, row, plan, body, held[person.pk, body.pk, kind] if person else [])
            if table.marks[row] != "r":
                used.append(number)
    forget_unused(table, plan.people, used)
    settle(table)
    return plan


def _seat(table: Table, row: int, plan: PostPlan, body: Body, posts: list[Post]) -> None:
    values = table.values
    on, until, term = values["from_on"][row], values["until_on"][row], values["term_ends_on"][row]
    assert isinstance(on, date)
    assert term is None or isinstance(term, date)
    current = next((post for post in posts if post.until_on is None), None)
    if isinstance(until, date):
        if any(post.until_on == until for post in posts):
            return
        if current is None:
            table.refuse(row, "until_on", _("此人没有这一任职，无从离任；请核对"))
        elif until <= current.from_on:
            table.refuse(row, "until_on", _("离任日期应晚于任职日期%(day)s；请核对"), day=str(current.from_on))
        else:
            plan.left.append((current, until))
            table.marks[row] = "c"
    elif term is not None and term <= on:
        table.refuse(row, "term_ends_on", _("届满日期应晚于任职日期；请核对"))
    elif current is None:
        plan.new.append(NewSeat(str(values["citizen_id"][row]), body, str(values["kind"][row]), on, term))
        table.marks[row] = "n"
    elif term is not None and term != current.term_ends_on:
        plan.terms.append((current, term))
        table.marks[row] = "c"
