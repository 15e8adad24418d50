"""Matters of the cast's first society under the real list of powers, taken to any gate through actions."""

from datetime import date

from redhouse.ground.papers.enums import MediaType
from redhouse.ground.people.models import Household, Membership, Person
from redhouse.ground.process.actions import adopt_versions, close_step
from redhouse.ground.process.models import RunStep
from redhouse.ground.process.queries import open_step
from redhouse.work.decisions import actions
from redhouse.work.decisions.actions.matters import Upload
from redhouse.work.decisions.definitions import all_versions
from redhouse.work.decisions.models import Matter
from tests.cast import BEGIN, SOCIETY, person
from tests.ground.process.factories import file_evidence, society
from tests.work.decisions.money import proposed

ON = date(2026, 3, 2)  # a Monday
PLAN = Upload(b"%PDF-1.7 plan", MediaType.PDF, "plan.pdf")


def adopt_law() -> None:
    adopt_versions([procedure.text for procedure in all_versions()], on=BEGIN)


def dividend(on: date = ON, **changes: object) -> Matter:
    """A dividend of the society, proposed by its council's chair; the branch has one member, 户常访."""
    adopt_law()
    fields = {"code": "P07", "host": society(), "title": "2026年度分红", "amount": 312_000_000, "plan": PLAN}
    fields |= {"facts_of": {"delegated_by_charter": "no"}, "summary": "可分配312万元"}
    matter: Matter = actions.open_matter(**fields | {"by": person("director"), "on": on} | changes)  # type: ignore[arg-type]
    return matter


def now(matter: Matter) -> RunStep:
    step = open_step(matter.run)
    assert step is not None
    return step


def close(matter: Matter, outcome: str, by: str, on: date = ON, reason: str = "") -> RunStep | None:
    step = now(matter)
    file_evidence(step, on)
    return close_step(step=step, outcome=outcome, by=person(by), on=on, reason=reason)


def to_inform(**changes: object) -> Matter:
    matter = dividend(**changes)
    proposed(matter, ON)
    close(matter, "submitted", "director")
    return matter


def homes() -> list[Household]:
    return list(Household.objects.filter(division_code=SOCIETY).order_by("pk"))


def members() -> list[Person]:
    return [tie.person for tie in Membership.objects.filter(division_code=SOCIETY).select_related("person")]
