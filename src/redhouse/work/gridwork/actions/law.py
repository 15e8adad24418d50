"""Bring the life of a grid event, and the types to begin with, into force."""

from datetime import date

from redhouse.ground.process.actions import adopt_versions
from redhouse.ground.process.models import CaseType, ProcedureVersion
from redhouse.ground.process.procedure import texts_in
from redhouse.work.gridwork.definitions import CODE, FOLDER, HAZARD_TYPE, TYPES


def adopt_life(*, on: date) -> int:
    """Adopt what is new, proved, and give a house without types those to begin with; returns how many versions.
    Repeating it changes nothing, and an empty house waits for its town."""
    adopted = adopt_versions(texts_in(FOLDER).values(), on=on)
    stands = ProcedureVersion.objects.filter(code=CODE).exists()
    if stands and not CaseType.objects.filter(code=CODE).exists():
        CaseType.objects.bulk_create(
            CaseType(code=CODE, from_on=on, is_public=row.type_code != HAZARD_TYPE, **row._asdict()) for row in TYPES
        )
    return len(adopted)
