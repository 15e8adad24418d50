"""What the pages of this room share."""

from typing import Any

from redhouse.web.access import needs


def _themselves(person: Any, **_address: Any) -> Any:
    return person


member = needs(None, _themselves)
"""A page for everybody who is somebody in the register; the view receives the person."""
