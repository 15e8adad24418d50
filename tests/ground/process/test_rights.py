"""Every role by every step: who may close what, and that a list costs the same however long it is."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from redhouse.ground.people.models import Post
from redhouse.ground.process.enums import Role
from redhouse.ground.process.queries import holders, owed_by, procedure_of, roles_of
from redhouse.ground.process.rules import may_close
from tests.cast import person
from tests.ground.process.factories import D1, SEATED, opened, walk_to
from tests.ground.process.reference import ROLES


def test_the_matrix_of_roles_and_steps(town: str) -> None:
    """Nobody has closed anything yet, so the posts alone decide; the people are the same who hold the role."""
    run = opened()
    step = run.steps.get()
    step.run = run
    people = {name: person(name) for name in ROLES}
    wrong = []
    for rule in procedure_of(run.version).steps:
        if not rule.is_human:
            continue
        step.key = rule.key
        for name, someone in people.items():
            if may_close(someone, step, D1) != bool(ROLES[name] & set(rule.owed_by)):
                wrong.append((rule.key, name))
    assert wrong == []
    for role in Role:
        assert [someone.pk for someone in holders(role, run, D1)] == [people[SEATED[role]].pk], role


def test_a_post_that_ended_or_has_not_begun_closes_nothing(town: str) -> None:
    run = opened()
    director = person("director")
    assert roles_of(director, run, D1) == {Role.REC_DIRECTOR}
    Post.objects.filter(person=director).update(until_on=D1)
    assert roles_of(person("director"), run, D1) == set()
    assert roles_of(person("director"), run, D1 - timedelta(days=1)) == {Role.REC_DIRECTOR}


def test_who_keeps_the_house_owes_nothing_whatever_else_they_are(town: str) -> None:
    run = opened()
    director = person("director")
    Post.objects.create(person=director, body=run.host, kind="sys_admin", from_on=D1)
    assert owed_by(person("director"), D1) == []
    assert not may_close(person("director"), walk_to(run, "draft"), D1)
    assert holders(Role.REC_DIRECTOR, run, D1) == []


def test_what_one_owes_costs_the_same_for_one_matter_and_for_five(town: str) -> None:
    opened()
    costs = []
    for _ in range(2):
        director = person("director")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            owed = owed_by(director, D1)
        costs.append(len(queries))
        for _more in range(4):
            opened()
    assert len(owed) == 5
    assert costs[0] == costs[1] <= 6
