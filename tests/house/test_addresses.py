"""An address without a lock is impossible, not unlikely."""

import inspect
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

LOCKS = {"public", "signed_in", "needs", "api"}
BORROWED = "account/"  # allauth's views, each behind a lock of ours, under allauth's own names


def addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, here)
        else:
            yield here, pattern


ALL = dict(addresses(get_resolver()))
PUBLIC = {
    "account/login/", "account/logout/", "account/inactive/", "account/2fa/authenticate/",
    "me/elder-mode/", "me/language/", "demo/<int:account_id>/",
    "open/", "open/villages/", "open/villages/<str:code>/", "open/venues/", "open/sheet/", "open/data/",
    "open/data/<str:day>/<slug:dataset>.<slug:kind>", "open/verify/", "open/log/", "open/log/heads/",
    "open/log/keys/<str:key_id>/", "open/log/consistency/", "open/log/fact/<int:fact_id>/",
    "open/vote-rules/", "open/look/", "open/wall/",
    "robots.txt",
    "api/v1/", "api/v1/openapi.json", "api/v1/open311/v2/services.<slug:kind>",
    "api/v1/open311/v2/services/<slug:code>.<slug:kind>",
    "phone/", "phone/offline/", "sw.js", "app.webmanifest",
    "decisions/boxes/<int:box_id>/", "decisions/boxes/<int:box_id>/file/",
    "open/report/", "open/report/find/", "open/report/<slug:code>/", "open/report/<slug:code>/act/",
    "open/matters/", "open/matters/<int:matter_id>/", "open/posters/", "open/posters/<slug:code>/",
    "open/posters/<slug:code>/<slug:sheet>.<slug:kind>",
}  # fmt: skip


def test_there_are_addresses() -> None:
    assert {"", "account/login/", "answers/"} <= set(ALL)


@pytest.mark.parametrize("route", sorted(ALL))
def test_every_address_wears_one_lock(route: str) -> None:
    view = ALL[route].callback
    worn = []
    while view is not None:  # each decorator keeps what it wraps
        if "access" in vars(view) and (not worn or vars(view)["access"] != worn[-1]):
            worn.append(vars(view)["access"])
        view = getattr(view, "__wrapped__", None)
    assert len(worn) == 1, f"/{route} wears {worn}: give its view exactly one of web.access.{sorted(LOCKS)}"
    assert worn[0] in LOCKS


def test_what_is_public_is_on_the_list() -> None:
    found = {route for route, pattern in ALL.items() if pattern.callback.access == "public"}
    assert found == PUBLIC, "a page for strangers is decided here, not in passing"


@pytest.mark.parametrize("route", sorted(ALL))
def test_every_address_is_named_typed_and_in_kebab_case(route: str) -> None:
    pattern = ALL[route]
    assert isinstance(pattern.pattern, RoutePattern), f"/{route}: use path(), not re_path()"
    assert pattern.name, f"/{route}: give it a name"
    fixed = [part for part in route.split("/") if "<" not in part]
    assert all(part == part.lower() and "_" not in part for part in fixed), f"/{route}: kebab-case"
    assert all(":" in part for part in route.split("<")[1:]), f"/{route}: type its parameters, <int:…>"
    if not route.startswith(BORROWED):
        module = inspect.getmodule(inspect.unwrap(pattern.callback))
        assert module is not None
        assert module.__name__.startswith(("redhouse.", "django.views.i18n")), f"/{route} leads out of the house"


def test_the_views_of_allauth_stand_under_one_prefix() -> None:
    outside = [
        route
        for route, pattern in ALL.items()
        if not route.startswith(BORROWED) and "allauth" in str(inspect.getmodule(inspect.unwrap(pattern.callback)))
    ]
    assert outside == []
