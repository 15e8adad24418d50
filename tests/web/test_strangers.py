"""A stranger who asks for any page that is not public comes to the sign-in and back."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse


def addresses(resolver: URLResolver, room: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, f"{room}{pattern.namespace}:" if pattern.namespace else room)
        else:
            yield f"{room}{pattern.name}", pattern


# what an address may ask for; a new kind of parameter gets its example here
NUMBERS = (
    "pk", "page", "body_id", "person_id", "import_id", "sheet_id", "matter_id", "paper_id", "version_no", "opinion_id",
    "book_id", "session_id", "request_id", "receipt_id", "notice_id",
    "meeting_id", "box_id", "roll_id", "step_id", "publicity_id", "number", "token_id",
)  # fmt: skip
EXAMPLES = (
    {"code": "440605122220", "figure_id": "F04", "kind": "divisions", "sheet": "a4"}
    | {"key": UUID(int=0)}
    | dict.fromkeys(NUMBERS, 1)
)
LOCKED = {name: pattern for name, pattern in addresses(get_resolver()) if pattern.callback.access != "public"}


@pytest.mark.parametrize("name", sorted(LOCKED))
def test_a_stranger_is_sent_to_sign_in(name: str, house: str) -> None:
    wanted = LOCKED[name].pattern.converters
    path = reverse(name, kwargs={parameter: EXAMPLES[parameter] for parameter in wanted})
    answer = Client().get(path)
    if LOCKED[name].callback.access == "api":  # no page: a phone or a system asks
        assert answer.status_code == 401
        return
    assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next={path}")
