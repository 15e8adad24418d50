"""The doors to sheets and objections, for people who are signed in."""

from redhouse.ground.access.reach import everything
from redhouse.ground.people.models import Person
from redhouse.ground.process.queries import offices_of
from redhouse.kit.divisions import CODE_LENGTH
from redhouse.kit.today import today
from redhouse.work.decisions.models import Matter, MatterArchive, Objection, Publicity
from redhouse.work.decisions.queries.matters import matter_for

OF_SHEET = ("matter__run__version", "matter__run__host", "run_step__run__version", "paper", "amends__paper")


def disclosed_matter(person: Person, matter_id: int) -> Matter | None:
    """A matter as everybody reads of it on the public pages, whose link to object leads here from any village."""
    return Matter.objects.filter(pk=matter_id).select_related("run__version", "run__host").first()


def matter_of_village(person: Person, matter_id: int) -> Matter | None:
    """A matter of the village where this person lives, whatever else of it they may see: they may object to it."""
    matter = disclosed_matter(person, matter_id)
    return matter if matter is not None and is_of_village(person, matter) else None


def is_of_village(person: Person, matter: Matter) -> bool:
    return person.division_code[:CODE_LENGTH] == matter.division_code[:CODE_LENGTH]


def publicity_for(person: Person, matter_id: int, publicity_id: int, **address: str) -> Publicity | None:
    matter = matter_for(person, matter_id)
    if matter is None:
        return None
    return matter.publicities.filter(pk=publicity_id).select_related(*OF_SHEET).first()


def objections_for(person: Person, matter: Matter) -> list[Objection]:
    """All of them for whoever holds an office of the matter, else one's own; two queries more than none."""
    rows = Objection.objects.filter(matter=matter).select_related("person", "answered_by").order_by("number")
    with everything():
        if not offices_of(person, matter.run, today()):
            rows = rows.filter(person=person)
        return list(rows)


def objection_for(person: Person, matter_id: int, number: int) -> Objection | None:
    matter = matter_for(person, matter_id)
    found = objections_for(person, matter) if matter else []
    return next((one for one in found if one.number == number), None)


def archive_for(person: Person, matter_id: int) -> MatterArchive | None:
    """For those who hold an office of the matter: the papers in it may name people."""
    matter = matter_for(person, matter_id)
    if matter is None or not offices_of(person, matter.run, today()):
        return None
    return MatterArchive.objects.filter(matter=matter).select_related("bundle", "dossier").first()
