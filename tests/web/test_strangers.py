"""A stranger who asks for any page that is not public comes to the sign-in and back."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter


def addresses(resolver: URLResolver, room: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, f"{room}{pattern.namespace}:" if pattern.namespace else room)
        else:
            yield f"{room}{pattern.name}", pattern


# what an address may ask for, beside whole numbers; a new kind of parameter gets its example here
EXAMPLES = {
    "code": "440605122220", "figure_id": "F04", "kind": "divisions", "sheet": "a4", "key": UUID(int=0), "token": "x",
    "basis": "shares", "topic": "fire", "day": "2018-12-14", "key_id": "x", "dataset": "venues",
    "form_code": "L01", "month": "2018-11",
}  # fmt: skip
LOCKED = {name: pattern for name, pattern in addresses(get_resolver()) if pattern.callback.access != "public"}


@pytest.mark.parametrize("name", sorted(LOCKED))
def test_a_stranger_is_sent_to_sign_in(name: str, house: str) -> None:
    wanted = LOCKED[name].pattern.converters
    kwargs = {name: 1 if isinstance(kind, IntConverter) else EXAMPLES[name] for name, kind in wanted.items()}
    path = reverse(name, kwargs=kwargs)
    answer = Client().get(path)
    if LOCKED[name].callback.access == "api":  # no page: a phone or a system asks
        assert answer.status_code == 401
        return
    assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next={path}")
