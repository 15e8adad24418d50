"""The doors to matters."""

from datetime import date

from django.db.models import Q, QuerySet

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.papers.models import Paper, PaperVersion
from redhouse.ground.people.models import Person
from redhouse.ground.process.models import StepPaper
from redhouse.kit.divisions import CODE_LENGTH, Level, level
from redhouse.kit.today import today
from redhouse.work.decisions.models import Matter, Opinion


def matters_for(person: Person | None, on: date | None = None) -> QuerySet[Matter]:
    """Matters within this person's posts, and those of the places where they live, hold shares or belong to a branch;
    newest first."""
    if person is None:
        return Matter.objects.none()
    day = on or today()
    seen = Q(division_code__in=places_of(person, day))
    for prefix in reach_of(person, Verb.SEE_MATTERS, day):
        seen |= Q(division_code__startswith=prefix)
    return _with_run(Matter.objects.filter(seen)).order_by("-proposed_on", "-pk")


def _with_run(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Not with the proposer: a join would hide the matter from readers whose wall hides that person."""
    return rows.select_related("run__version", "run__host")


def places_of(person: Person, on: date) -> set[str]:
    """Villages and societies whose matters are this person's own business."""
    shares = person.society_ties.as_of(on).order_by().values_list("division_code")
    ties = person.memberships.as_of(on).order_by().values_list("division_code").union(shares)
    codes = {person.division_code, *(code for (code,) in ties)}
    return {part for code in codes if level(code) >= Level.VILLAGE for part in (code[:CODE_LENGTH], code)}


def matter_for(person: Person, matter_id: int) -> Matter | None:
    """One of `matters_for`; of whoever sees it by a post nothing more is asked."""
    matter = _with_run(Matter.objects.filter(pk=matter_id)).first()
    if matter is None:
        return None
    place, day = matter.division_code, today()
    seen = place.startswith(reach_of(person, Verb.SEE_MATTERS, day)) or place in places_of(person, day)
    return matter if seen else None


def paper_for(person: Person, matter_id: int, paper_id: int) -> tuple[Matter, Paper] | None:
    """A paper that is filed with a matter this person may see."""
    matter = matter_for(person, matter_id)
    if matter is None:
        return None
    filed = StepPaper.objects.filter(step__run_id=matter.run_id, paper_id=paper_id).select_related("paper").first()
    return (matter, filed.paper) if filed else None


def opinion_for(person: Person, matter_id: int, opinion_id: int) -> Opinion | None:
    matter = matter_for(person, matter_id)
    return matter.opinions.filter(pk=opinion_id).first() if matter else None


def version_for(person: Person, matter_id: int, paper_id: int, version_no: int) -> PaperVersion | None:
    found = paper_for(person, matter_id, paper_id)
    return found[1].versions.filter(version_no=version_no).first() if found else None
