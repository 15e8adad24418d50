"""Rights in full: every role of the cast, at every stage, for every verb, of matters, meetings, ballots and posters.

What is expected stands here in tables of its own; each cell is held against the rule that the pages ask. Whoever is not
in a set may not; whoever may not even see it gets 404.
"""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from redhouse.ground.access.models import Account
from redhouse.ground.access.reach import set_reach
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Person
from redhouse.ground.process.actions import open_run
from redhouse.ground.process.actions.boxes import cast_ballot
from redhouse.ground.process.models import Mark, RunStep
from redhouse.ground.process.queries import matures_on, open_step
from redhouse.ground.process.rules import may_withdraw
from redhouse.ground.process.rules.meetings import may_attend, may_key, may_look, may_serve
from redhouse.kit.ballots import new_token
from redhouse.kit.today import stand_at
from redhouse.work.decisions import rules
from redhouse.work.decisions.models import Matter
from redhouse.work.decisions.queries import matter_for
from redhouse.work.decisions.verbs import VERBS
from redhouse.work.decisions.verbs.outline import MAY
from tests.cast import SOCIETY, person
from tests.ground.process.conftest import _the_engine_by_itself  # noqa: F401
from tests.ground.process.factories import FACTS, adopted, close, file_evidence, society
from tests.ground.process.votes import BEGAN, DAY, SENT, TEXT, scene

PEOPLE = (
    "org", "secretary", "supervisor", "neighbour", "grid", "admin", "auditor", "member", "outsider", "director",
    "watch", "branch", "village_director", "station", "leader", "dispatcher", "handler",
)  # fmt: skip
CLOSES = {  # stage -> who may close it
    "draft": "director", "inform": "branch", "branch_committee": "branch", "branch_meeting": "branch",
    "village_party": "secretary", "lead": "branch", "review": "secretary station", "check": "supervisor",
    "publicity": "director", "notice": "director", "vote_members": "watch", "decision": "director",
    "objection": "watch supervisor", "execute": "director", "result": "director", "archive": "director",
}  # fmt: skip
SEES = "org secretary supervisor member director watch branch village_director station leader"
HEADS = "director village_director secretary branch"
ALWAYS = {  # verb -> who may at every stage
    "see": SEES,
    "suspend": "org secretary supervisor leader",
    "demand": "org supervisor director watch village_director",
    "move": "leader",
    "answer opinions": "org secretary director watch branch village_director leader",
    "object": "secretary supervisor grid member director watch branch village_director station",
    "key in objections": f"{HEADS} supervisor watch org",
    "answer objections": f"{HEADS} supervisor watch org",
}
DOOR = {  # verb of this table -> the verb by which the API and the command line do it
    "close": "close", "prepare": "file-paper", "explain": "explain", "post": "post-sheet", "archive": "archive",
    "suspend": "suspend", "demand": "demand", "answer opinions": "answer-opinion", "object": "object-to",
    "key in objections": "key-in-objection", "answer objections": "answer-objection", "move": "move-matters",
    "shares by workbook": "freeze-workbook",
}  # fmt: skip
KEEPING_ROLLS = [VERBS[name].rule for name in ("amend-roll", "take-roll-sheet", "close-roll", "convene")]
ON_A_MATTER = [found for found in VERBS.values() if found.address.startswith("matters/{matter_id}/")]
PAGES = ("", "papers/", "opinions/", "record/", "disclosure/")


def allowed(cells: dict[str, bool]) -> str:
    return " ".join(name for name, may in cells.items() if may)


def same(found: dict[str, bool], expected: str, cell: str) -> None:
    assert set(allowed(found).split()) == set(expected.split()), cell


Verbs = dict[str, tuple[Callable[[Person], bool], str]]


def verbs_at(step: RunStep, matter: Matter, on: date) -> Verbs:
    """verb -> the rule that pages, API and command line ask (by the table of the last two), and who may."""
    key, closers = step.key, CLOSES[step.key]
    asked = {verb: ask(name, matter, on) for verb, name in DOOR.items()}
    return {
        "close": (asked["close"], closers),
        "prepare": (asked["prepare"], closers),
        "withdraw": (
            lambda who: may_withdraw(who, step, on),
            "director" if key in ("draft", "publicity", "notice") else "",
        ),
        "explain": (asked["explain"], "member branch" if key == "lead" else ""),
        "post": (asked["post"], f"{HEADS} {closers}"),
        "archive": (asked["archive"], "director" if key == "archive" else ""),
        "see": (lambda who: matter_for(who, matter.pk) is not None, ALWAYS["see"]),
        "suspend": (asked["suspend"], ALWAYS["suspend"]),
        "demand": (asked["demand"], ALWAYS["demand"]),
        "move": (asked["move"], ALWAYS["move"]),
        "shares by workbook": (asked["shares by workbook"], "director" if key == "draft" else ""),
        "answer opinions": (asked["answer opinions"], ALWAYS["answer opinions"]),
        "object": (asked["object"], ALWAYS["object"]),
        "key in objections": (asked["key in objections"], ALWAYS["key in objections"]),
        "answer objections": (asked["answer objections"], ALWAYS["answer objections"]),
    }


def ask(name: str, matter: Matter, on: date) -> Callable[[Person], bool]:
    return lambda who: MAY[name](who, matter, on)


def test_every_role_at_every_stage_of_a_matter_for_every_verb(town: str) -> None:
    adopted(TEXT)
    run = open_run(code="P07", host=society(), facts=FACTS, by=person("director"), on=SENT)
    matter = Matter.objects.create(
        run=run, number="P07-01", title="分红", division_code=SOCIETY, proposed_on=SENT, proposed_by=person("director"),
        summary="",
    )  # fmt: skip
    cast, on, stages = {name: person(name) for name in PEOPLE}, SENT, []
    while (step := open_step(run)) is not None:
        on = max(on, matures_on(step) or on)
        stages.append(step.key)
        step.run = matter.run = run
        verbs = verbs_at(step, matter, on)
        for verb, (may, expected) in verbs.items():
            same({name: may(who) for name, who in cast.items()}, expected, f"{step.key}: {verb}")
        file_evidence(step, on)
        close(run, on=on)
        run.refresh_from_db()
    assert stages == list(CLOSES)
    assert len(stages) * len(verbs) * len(PEOPLE) == 4080
    over = {name: rules.may_object(who, matter, on=on) for name, who in cast.items()}
    same(over, "", "archived: object")


@pytest.fixture
def clients(town: str) -> dict[str, Client]:
    society()
    found = {}
    for name in PEOPLE:
        client = found.setdefault(name, Client())
        client.force_login(Account.objects.get(username=name))
    return found


def test_out_of_scope_is_404_on_every_page_and_every_form_of_a_matter(clients: dict[str, Client]) -> None:
    adopted(TEXT)
    run = open_run(code="P07", host=society(), facts=FACTS, by=person("director"), on=SENT)
    matter = Matter.objects.create(
        run=run, number="P07-01", title="分红", division_code=SOCIETY, proposed_on=SENT, proposed_by=person("director"),
        summary="",
    )  # fmt: skip
    stand_at(SENT)
    try:
        for name, client in clients.items():
            for page in PAGES if name in ("org", "outsider") else PAGES[:1]:
                status = client.get(f"/decisions/{matter.pk}/{page}").status_code
                assert status == (200 if name in SEES.split() else 404), (name, page, status)
            if name not in SEES.split():
                for form in ("close", "inform", "suspend", "demand", "opinions/add", "papers/file", "archive"):
                    assert client.post(f"/decisions/{matter.pk}/{form}/", {"x": 1}).status_code == 404, (name, form)
            door(client, name, matter)
    finally:
        set_reach("*")
    step = open_step(run)
    assert step is not None
    assert step.key == "draft", "nobody closed anything"


def door(client: Client, name: str, matter: Matter) -> None:
    """The same by the API, at the draft: what it offers is what the table says, and the rest it refuses."""
    answer = client.get(f"/api/v1/matters/{matter.pk}")
    if name not in SEES.split():
        assert answer.status_code == 404, name
        for found in ON_A_MATTER:
            if found.name == "object-to" and name in ALWAYS["object"].split():
                continue  # who lives there may object to what they may not read
            path = re.sub(r"{\w+}", "1", found.address.replace("{matter_id}", str(matter.pk)))
            assert client.post(f"/api/v1/{path}", "{}", "application/json").status_code == 404, (name, found.name)
        return
    may = answer.json()["may"]
    for verb, offered in DOOR.items():
        if verb in ("close", "prepare", "shares by workbook"):
            assert (offered in may) == (name in CLOSES["draft"].split()), (name, verb)
        elif verb in ALWAYS:
            assert (offered in may) == (name in ALWAYS[verb].split()), (name, verb)
    if name not in CLOSES["draft"].split():
        closed = client.post(f"/api/v1/matters/{matter.pk}/close", '{"outcome": "submitted"}', "application/json")
        assert closed.status_code == 403, (name, closed.content)


MEETING = {  # verb -> who may
    "serve": "director branch watch",
    "keep the roll": "watch",
    "key": "branch secretary",
    "look": "director watch",
    "attend": "e1 e2 e3 e4 e5 e6",
}
DOORS = {  # page of a meeting -> verb that opens it; "" for everybody who sees it
    "": "", "desk/": "serve", "sign-in/code/": "serve", "keying/": "key", "third-look/": "look", "sign-in/": "attend",
    "ballot/": "attend", "minutes/word/": "serve", "sign-in-sheet/": "serve",
}  # fmt: skip


def test_every_role_at_a_meeting_and_its_box_for_every_verb(town: str) -> None:
    here = scene(6, onsite=[1, 2, 3], online=[4, 5])
    electors = MEETING["attend"].split()
    cast = {name: person(name) for name in [*PEOPLE, *electors]}
    meeting, on = here.meeting, DAY
    meeting.refresh_from_db()
    asked = {
        "serve": may_serve, "key": may_key, "look": may_look, "attend": may_attend,
        "keep the roll": lambda who, one, day: all(rule and rule(who, one.roll, on=day) for rule in KEEPING_ROLLS),
    }  # fmt: skip
    for verb, rule in asked.items():
        same({name: rule(who, meeting, on) for name, who in cast.items()}, MEETING[verb], verb)
    taken = {}
    for name, who in cast.items():
        try:
            cast_ballot(box=here.box, token=new_token(), choice="for", by=who, at=BEGAN)
            taken[name] = True
        except (PermissionDenied, NotYet):
            taken[name] = False
    same(taken, "e1 e2 e3 e4 e5", "cast")  # who signed in; e6 did not come
    assert Mark.objects.count() == 5
    seen = {*SEES.split(), *electors} - {"member"}
    stand_at(DAY)
    try:
        for name in ("org", "neighbour", "outsider", "grid", "director", "watch", "branch", "secretary", "e6"):
            client = Client()
            client.force_login(Account.objects.get(username=name))
            for page, verb in DOORS.items():
                status = client.get(f"/decisions/meetings/{meeting.pk}/{page}").status_code
                may = not verb or name in MEETING[verb].split()
                expected = {404} if name not in seen else {200, 302} if may else {403}
                assert status in expected, (name, page, status)
    finally:
        set_reach("*")


def test_the_cast_of_the_matrix_is_everybody(town: str) -> None:
    society()
    assert set(PEOPLE) == set(Account.objects.values_list("username", flat=True))
    assert date(2026, 1, 1) < SENT
