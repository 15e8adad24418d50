"""What the pages of this room share."""

from typing import Any

from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.work.visits import rules


def _themselves(person: Any, **_address: Any) -> Any:
    return person


member = needs(None, _themselves)
"""A page for everybody who is somebody in the register; the view receives the person."""


def tabs(person: Person) -> dict[str, bool]:
    """What the tabs above these pages ask: a tab that would not open is not shown."""
    return {"arranges_any": rules.may_assign_any_contact(person, on=today())}
