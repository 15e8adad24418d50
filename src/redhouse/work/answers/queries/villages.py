"""A town's figure, village by village."""

from collections.abc import Sequence
from dataclasses import dataclass

from redhouse.ground.places.enums import VILLAGE_KINDS
from redhouse.ground.places.models import Division
from redhouse.kit.divisions import Level, level, prefix
from redhouse.work.answers.definitions import Answer, as_answer
from redhouse.work.answers.queries.runs import count, keep, of_villages, reading, recall


@dataclass(frozen=True)
class VillageAnswer:
    name: str
    answer: Answer


def by_village(answer: Answer) -> list[VillageAnswer]:
    """The same figure for every village standing on the day, in order of code; empty below a town, above it, and for
    a figure that is stated of the town as a whole. Remembered at the cut like the town's own."""
    return all_by_village([answer])[0]


def all_by_village(answers: Sequence[Answer]) -> list[list[VillageAnswer]]:
    """The same for several answers of one division at one cut: two queries for all of them, once they are counted."""
    cut = (answers[0].division_code, answers[0].as_of, answers[0].last_fact_id)
    figures = [answer.figure for answer in answers if not answer.figure.town_only]
    if not figures or level(cut[0]) != Level.TOWN:
        return [[] for _ in answers]
    known = recall([of_villages(figure) for figure in figures], figures, *cut)
    names = dict(
        Division.objects.as_of(cut[1])
        .filter(code__startswith=prefix(cut[0]), kind__in=VILLAGE_KINDS)
        .order_by("code")
        .values_list("code", "name")
    )
    missing = [figure for figure in figures if of_villages(figure) not in known]
    if missing:
        with reading() as cursor:
            fresh = [{village: count(cursor, figure, village, *cut[1:]) for village in names} for figure in missing]
        found = [(of_villages(figure), figure, counted) for figure, counted in zip(missing, fresh, strict=True)]
        keep(found, *cut)
        known |= {key: counted for key, _figure, counted in found}
    return [
        [
            VillageAnswer(name, as_answer(answer.figure, village, *cut[1:], known[key].get(village, [])))
            for village, name in names.items()
            if (key := of_villages(answer.figure)) in known
        ]
        for answer in answers
    ]
