"""The constraints of rolls, meetings, boxes and tallies; where a guard of the database stands before one, it bears the
same name."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Model

from redhouse.ground.occasions.models import Occasion
from redhouse.ground.people.models import Person
from redhouse.ground.process.models import (
    AgendaItem,
    Ballot,
    Box,
    Candidate,
    Elector,
    Keying,
    Mark,
    Meeting,
    Proxy,
    Recusal,
    Roll,
    RollObjection,
    Seat,
    SignIn,
    Tally,
    Teller,
    ThirdLook,
)
from redhouse.ground.process.queries import open_step
from tests.cast import SOCIETY, person
from tests.ground.process.factories import D1, opened

NINE = datetime(2018, 12, 3, 1, tzinfo=UTC)
LATER = datetime(2099, 1, 1, tzinfo=UTC)
M = TypeVar("M", bound=Model)


def saved(row: M) -> M:
    row.save()
    return row


def roll(**changes: object) -> Roll:
    fields = {"run": changes.pop("run", None) or opened(), "step_key": "draft", "rule_id": "V18", "vote_on": D1}
    return Roll(**fields | {"division_code": SOCIETY, "drawn_on": D1, "drawn_by": person("org")} | changes)


def elector(**changes: object) -> Elector:
    fields = {"roll": changes.pop("roll", None) or saved(roll()), "number": 1, "person": person("member")}
    return Elector(**fields | {"division_code": SOCIETY} | changes)


def objection(**changes: object) -> RollObjection:
    fields = {"roll": changes.pop("roll", None) or saved(roll()), "person": person("member"), "text": "漏了人"}
    return RollObjection(**fields | {"division_code": SOCIETY, "raised_on": D1} | changes)


def recusal(one: Elector) -> Recusal:
    return Recusal(
        elector=one, person=one.person, division_code=SOCIETY, kind="kin", recorded_on=D1, recorded_by=person("org")
    )


def proxy(principal: Elector | None = None, **changes: object) -> Proxy:
    principal = principal or saved(elector())
    holder = changes.pop("holder", None) or saved(elector(roll=principal.roll, number=2, person=person("outsider")))
    fields = {"principal": principal, "holder": holder, "person": principal.person, "division_code": SOCIETY}
    return Proxy(**fields | {"recorded_on": D1, "recorded_by": person("org")} | changes)


def own_proxy() -> Proxy:
    one = saved(elector())
    return proxy(one, holder=one)


def meeting(**changes: object) -> Meeting:
    row = changes.pop("roll", None) or saved(roll())
    assert isinstance(row, Roll)
    occasion = Occasion.objects.create(
        kind="assembly", title="会议", host=row.run.host, division_code=SOCIETY, from_at=NINE,
        until_at=NINE + timedelta(hours=1),
    )  # fmt: skip
    fields = {"roll": row, "occasion": occasion, "chair": person("director"), "recorder": person("branch")}
    more = {"scrutineer": person("watch"), "convened_on": D1, "convened_by": person("director")}
    return Meeting(**fields | more | changes)


def agenda_item(**changes: object) -> AgendaItem:
    fields = {"meeting": changes.pop("meeting", None) or saved(meeting()), "number": 1, "text": "签到"}
    return AgendaItem(**fields | changes)


def sign_in(one: Elector | None = None, **changes: object) -> SignIn:
    one = one or saved(elector())
    fields = {"meeting": changes.pop("meeting", None) or saved(meeting(roll=one.roll)), "elector": one}
    more = {"person": one.person, "division_code": SOCIETY, "way": "onsite", "present_at": NINE}
    return SignIn(**fields | more | {"present_by": person("branch")} | changes)


def box(**changes: object) -> Box:
    fields = {"meeting": changes.pop("meeting", None) or saved(meeting()), "method": "secret", "key": b"k" * 16}
    return Box(**fields | {"opened_at": NINE, "opened_by": person("director"), "closes_at": LATER} | changes)


def mark(one: Elector | None = None, **changes: object) -> Mark:
    one = one or saved(elector())
    where = changes.pop("box", None) or saved(box(meeting=saved(meeting(roll=one.roll))))
    fields = {"elector": one, "box": where, "person": one.person, "division_code": SOCIETY, "channel": "paper"}
    return Mark(**fields | {"marked_by": person("branch")} | changes)


def ballot(**changes: object) -> Ballot:
    fields = {"box": changes.pop("box", None) or saved(box()), "choice": "for", "receipt": "AAAA-AAAA-AAAA"}
    return Ballot(**fields | changes)


def teller(**changes: object) -> Teller:
    fields = {"box": changes.pop("box", None) or saved(box()), "turn": 1, "person": person("branch")}
    return Teller(**fields | changes)


def keying(**changes: object) -> Keying:
    fields = {"teller": changes.pop("teller", None) or saved(teller()), "number": 117, "choice": "for"}
    return Keying(**fields | changes)


def third_look(**changes: object) -> ThirdLook:
    fields = {"box": changes.pop("box", None) or saved(box()), "number": 117, "choice": "for", "looked_on": D1}
    return ThirdLook(**fields | {"looked_by": person("watch")} | changes)


def seat(**changes: object) -> Seat:
    fields = {"roll": changes.pop("roll", None) or saved(roll()), "number": 1, "name": "主任", "posts": 1}
    return Seat(**fields | changes)


def candidate(where: Seat | None = None, **changes: object) -> Candidate:
    where = where or saved(seat())
    fields = {"seat": where, "roll": where.roll, "number": 1, "person": person("member"), "division_code": SOCIETY}
    return Candidate(**fields | changes)


def tally(**changes: object) -> Tally:
    run = opened()
    step = open_step(run)
    closed = {"closed_on": D1, "closed_by": person("org"), "digest": "0" * 64}
    row = saved(roll(run=run, **closed))
    fields = {"step": step, "roll": row, "meeting": saved(meeting(roll=row)), "division_code": SOCIETY, "counts": {}}
    more = {"rule_id": "V18", "rule_from_on": D1, "vote_on": D1, "quorum_met": True, "passed": True, "reasons": []}
    return Tally(**fields | more | {"outcome": "passed", "recorded_on": D1, "recorded_by": person("org")} | changes)


def again(make: Callable[..., Any], *same: str, **changes: object) -> Callable[[], Any]:
    """The same row once more; `same` are what it shares with the first."""

    def made() -> Any:
        first = saved(make())
        return make(**{name: getattr(first, name) for name in same} | changes)

    return made


def about(someone: Person) -> None:
    """One row about this person in every table of the vote that stands behind the wall."""
    one = saved(elector(person=someone))
    saved(objection(roll=one.roll, person=someone))
    held = saved(meeting(roll=one.roll))
    saved(sign_in(one, meeting=held))
    saved(mark(one, box=saved(box(meeting=held))))
    saved(proxy(one))
    saved(candidate(saved(seat(roll=one.roll)), person=someone))
    saved(recusal(one))


def signed_twice() -> SignIn:
    first = saved(sign_in())
    return sign_in(first.elector, meeting=first.meeting, way="online")


def numbered_twice() -> Elector:
    return elector(roll=saved(elector()).roll, person=person("outsider"))


def two_first_tellers() -> Teller:
    return teller(box=saved(teller()).box, person=person("secretary"))


WAYS: dict[str, Callable[[], Model]] = {
    "roll_once_a_round": again(roll, "run"),
    "roll_is_closed_whole": lambda: roll(closed_on=D1),
    "elector_once": again(elector, "roll", number=2),
    "elector_numbered_once": numbered_twice,
    "elector_area_is_not_negative": lambda: elector(area=-1),
    "roll_objection_says_something": lambda: objection(text=""),
    "roll_objection_is_answered_whole": lambda: objection(answer="已核对"),
    "proxy_is_held_by_another": own_proxy,
    "proxy_is_checked_by_somebody": lambda: proxy(checked_on=D1),
    "meeting_one_at_a_time": again(meeting, "roll"),
    "meeting_scrutineer_is_not_the_chair": lambda: meeting(chair=person("org"), scrutineer=person("org")),
    "meeting_started_by_somebody": lambda: meeting(started_at=NINE),
    "meeting_ended_by_somebody": lambda: meeting(ending="held"),
    "agenda_item_once": again(agenda_item, "meeting"),
    "agenda_item_says_something": lambda: agenda_item(text=""),
    "sign_in_once": signed_twice,
    "box_is_closed_whole": lambda: box(closed_at=NINE, closed_by=person("org")),
    "box_closes_after_it_opens": lambda: box(closes_at=NINE - timedelta(hours=1)),
    "mark_on_paper_knows_no_choice": lambda: mark(choice="for"),
    "ballot_receipt_once": again(ballot, "box"),
    "ballot_says_one_of_three": lambda: ballot(choice="invalid"),
    "teller_one_a_turn": two_first_tellers,
    "teller_is_not_both": again(teller, "box", turn=2),
    "teller_is_first_or_second": lambda: teller(turn=3),
    "teller_counts_all_three": lambda: teller(for_count=1),
    "seat_named_once": again(seat, "roll", number=2),
    "seat_has_a_post": lambda: seat(posts=0),
    "seat_has_a_plain_name": lambda: seat(name="主任:副主任"),
    "candidate_numbered_once": lambda: candidate(saved(candidate()).seat, person=person("outsider")),
    "candidate_once_for_a_seat": lambda: candidate(saved(candidate()).seat, number=2),
    "candidate_is_counted_whole": lambda: candidate(votes=3),
    "keying_once": again(keying, "teller"),
    "third_look_once": again(third_look, "box"),
    "tally_outcome_follows_from_the_vote": lambda: tally(passed=False),
}
SPEAKING_FIELDS = {"roll_objection_says_something", "agenda_item_says_something"}
