"""No address of the house is without a lock, and no door leads to the wrong person."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

LOCKS = {"public", "signed_in", "needs"}


def addresses(resolver: URLResolver, room: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{room}{pattern.namespace}:" if pattern.namespace else room
            yield from addresses(pattern, inner)
        else:
            yield f"{room}{pattern.name}", pattern


ALL = dict(addresses(get_resolver()))


@pytest.mark.parametrize("name", sorted(ALL))
def test_address_wears_exactly_one_lock(name: str) -> None:
    assert getattr(ALL[name].callback, "access", None) in LOCKS


@pytest.mark.parametrize("name", sorted(ALL))
def test_address_is_named_and_in_kebab_case(name: str) -> None:
    assert ALL[name].name
    route = str(ALL[name].pattern)
    assert route == route.lower().replace("_", "-") or "<" in route


PLAIN = sorted(name for name, pattern in ALL.items() if "<" not in str(pattern.pattern) and pattern.name)


@pytest.mark.parametrize("name", [n for n in PLAIN if getattr(ALL[n].callback, "access", "") != "public"])
def test_a_stranger_is_sent_to_sign_in(name: str, house: str) -> None:
    path = reverse(name)
    answer = Client().get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next={path}")
