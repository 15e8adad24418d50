from django.test import RequestFactory
from django.urls import ResolverMatch

from redhouse.desk.views import front as views
from redhouse.web import navigation
from redhouse.web.navigation import Entry, Line


def request_at(view_name: str):
    request = RequestFactory().get("/")
    namespace, _, name = view_name.rpartition(":")
    request.resolver_match = ResolverMatch(
        views.home, (), {}, url_name=name, app_names=[namespace], namespaces=[namespace]
    )
    return request


def test_entries_stand_in_the_order_of_the_lines_of_work() -> None:
    order = list(Line)
    lines = [order.index(entry.line) for entry in navigation.entries()]
    assert lines == sorted(lines)
    assert len(lines) >= 2


def test_the_door_of_this_page_is_marked_and_no_other() -> None:
    doors = [door for group in navigation.rail(request_at("desk:home"), None) for door in group.doors]
    assert [door.url for door in doors if door.current == "page"] == ["/"]
    assert [door.url for door in doors if door.current == "true"] == []


def test_a_page_deeper_in_a_room_marks_the_door_of_the_room() -> None:
    doors = navigation._doors(request_at("desk:demo-sign-in"), [Entry(Line.TOP, "待办", "desk:home")])
    assert [door.current for door in doors.values()] == ["true"]


def test_the_persons_own_page_hangs_in_the_phone_bar_and_not_in_the_rail() -> None:
    request = request_at("desk:account")
    rail = [door.url for group in navigation.rail(request, None) for door in group.doors]
    bar = [door.url for door in navigation.bar(request, None)]
    assert "/me/" not in rail
    assert bar[-1] == "/me/"


def test_a_closed_door_has_no_way_to_it() -> None:
    assert navigation.way_to("desk:home", None) == "/"
    assert navigation.way_to("desk:nowhere", None) == ""
