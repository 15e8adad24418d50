"""A town's figure, village by village."""

from dataclasses import dataclass

from redhouse.ground.places.enums import VILLAGE_KINDS
from redhouse.ground.places.models import Division
from redhouse.kit.divisions import Level, level, prefix
from redhouse.work.answers.definitions import Answer, as_answer
from redhouse.work.answers.queries.runs import count, keep, reading, recall


@dataclass(frozen=True)
class VillageAnswer:
    name: str
    answer: Answer


def by_village(answer: Answer) -> list[VillageAnswer]:
    """The same figure for every village standing on the day, in order of code; empty below a town, above it, and for
    a figure that is stated of the town as a whole. Remembered at the cut like the town's own."""
    figure, code = answer.figure, answer.division_code
    if figure.town_only or level(code) != Level.TOWN:
        return []
    key = f"{figure.id}v"
    counted = recall([key], [figure], code, answer.as_of, answer.last_fact_id).get(key)
    names = dict(
        Division.objects.as_of(answer.as_of)
        .filter(code__startswith=prefix(code), kind__in=VILLAGE_KINDS)
        .order_by("code")
        .values_list("code", "name")
    )
    if counted is None:
        with reading() as cursor:
            counted = {village: count(cursor, figure, village, answer.as_of, answer.last_fact_id) for village in names}
        keep([(key, figure, counted)], code, answer.as_of, answer.last_fact_id)
    return [
        VillageAnswer(name, as_answer(figure, village, answer.as_of, answer.last_fact_id, counted.get(village, [])))
        for village, name in names.items()
    ]
