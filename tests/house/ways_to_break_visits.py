"""The constraints of contact."""

from collections.abc import Callable
from datetime import date, time
from uuid import uuid4

from django.db.models import Model

from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.actions import record
from redhouse.ground.people.models import Household, Person
from redhouse.work.visits.models import (
    Callback,
    CallbackSample,
    CareMark,
    Checklist,
    DayLog,
    DoorstepChange,
    LongBook,
    Mentorship,
    MentorshipNote,
    Note,
    StationDay,
    Visit,
)
from tests.cast import BEGIN, SOCIETY, TOWN, XINTIAN, person

DAY = date(2018, 12, 14)


def home() -> Household:
    return Household.objects.filter(division_code=SOCIETY).earliest("pk")


def visit(**changes: object) -> Visit:
    fact = record("visit_recorded", happened_on=DAY, division_code=SOCIETY, by=person("member").pk, subject=home().pk)
    fields = {"fact_id": fact, "household": home(), "member": person("member"), "division_code": SOCIETY}
    return Visit(**fields | {"visited_on": DAY} | changes)


def care_mark(**changes: object) -> CareMark:
    fields = {"household": home(), "division_code": SOCIETY, "kind": "sick", "from_on": DAY}
    return CareMark(**fields | {"until_on": date(2019, 6, 1), "marked_by": person("member")} | changes)


def checklist(**changes: object) -> Checklist:
    fields = {"division_code": TOWN, "topic": "fire", "items": ["灭火器在有效期内"], "from_on": BEGIN}
    return Checklist(**fields | {"made_by": person("org")} | changes)


def sample(**changes: object) -> CallbackSample:
    fields = {"division_code": XINTIAN, "from_on": BEGIN, "last_on": DAY, "size": 1, "visits": 3, "last_fact_id": 9}
    return CallbackSample(**fields | {"seed": "0" * 32, "drawn_on": DAY, "drawn_by": person("org")} | changes)


def callback(**changes: object) -> Callback:
    seen = visit()
    drawn = changes.pop("sample", None) or sample()
    if drawn.pk is None:
        drawn.save()
    fields = {"sample": drawn, "fact_id": seen.fact_id, "household": home(), "member": person("member")}
    return Callback(**fields | {"division_code": SOCIETY, "visited_on": DAY} | changes)


def team() -> Body:
    return Body.objects.get_or_create(
        kind="station_team", name="新田驻点团队", division_code=XINTIAN, defaults={"from_on": BEGIN}
    )[0]


def station_day(**changes: object) -> StationDay:
    fields = {"team": team(), "weekday": 1, "begins": time(14), "place": "新田党群服务中心", "from_on": BEGIN}
    return StationDay(**fields | changes)


def day_log(**changes: object) -> DayLog:
    fields = {"team": team(), "division_code": XINTIAN, "logged_on": DAY, "summary": "走访三户"}
    return DayLog(**fields | {"written_by": person("grid")} | changes)


def mentorship(**changes: object) -> Mentorship:
    return Mentorship(**{"team": team(), "division_code": XINTIAN, "goals": "组织生活正常", "from_on": BEGIN} | changes)


def note(**changes: object) -> MentorshipNote:
    above = mentorship()
    above.save()
    return MentorshipNote(mentorship=above, noted_by=person("org"), **{"text": "谈话", "noted_on": DAY} | changes)


def about(member: Person) -> None:
    """A row in every walled table of this room."""
    visit(member=member).save()
    care_mark(marked_by=member).save()
    callback(member=member).save()
    long_book(created_by=member).save()
    field_note(member=member).save()


def again(make: Callable[..., Model], **changes: object) -> Model:
    make().save()
    return make(**changes)


def change() -> DoorstepChange:
    return DoorstepChange(key=XINTIAN, xact=1)


def field_note(**changes: object) -> Note:
    fields = {"key": uuid4(), "division_code": XINTIAN, "member": person("member"), "text": "带手电筒", "noted_on": DAY}
    return Note(**fields | changes)


def long_book(**changes: object) -> LongBook:
    fields = {"sealed_sha256": "0" * 64, "division_code": XINTIAN, "created_by": person("secretary")}
    return LongBook(**fields | changes)


def asked_twice() -> Callback:
    first = callback()
    first.save()
    return callback(sample=first.sample, fact_id=first.fact_id)


LATER = date(2018, 6, 1)
PERIODS: dict[str, Callable[..., Model]] = {
    "care_mark": care_mark,
    "checklist": checklist,
    "station_day": station_day,
    "mentorship": mentorship,
}
WAYS: dict[str, Callable[[], Model]] = {
    "long_book_is_over_at_a_moment": lambda: long_book(state="done"),
    "visit_topics_are_known": lambda: visit(topics=["gossip"]),
    "visit_people_met_is_a_household": lambda: visit(people_met=100),
    "visit_is_followed_up_later": lambda: visit(follow_up_on=DAY),
    "visit_unmet_items_are_of_a_checklist": lambda: visit(unmet=[1]),
    "care_mark_once_a_day": lambda: again(care_mark),
    "care_mark_is_looked_at_again": lambda: care_mark(until_on=date(2020, 1, 1)),
    "checklist_one_in_force": lambda: again(checklist, version_no=2, from_on=LATER),
    "checklist_numbered_once": lambda: again(lambda **c: checklist(until_on=LATER, **c), from_on=date(2018, 1, 1)),
    "checklist_has_items": lambda: checklist(items=[]),
    "callback_sample_looks_back": lambda: sample(last_on=date(2018, 12, 15)),
    "callback_sample_is_a_part": lambda: sample(size=4),
    "callback_once_a_visit": asked_twice,
    "callback_asked_by_another": lambda: callback(answer="yes", asked_on=DAY, asked_by=person("member")),
    "callback_answered_whole": lambda: callback(answer="yes"),
    "station_day_one_in_force": lambda: again(station_day, weekday=2),
    "station_day_each_week_or_second": lambda: station_day(every_weeks=3),
    "day_log_once_a_day": lambda: again(day_log, summary="又写"),
    "day_log_says_something": lambda: day_log(summary=""),
    "mentorship_once_at_a_time": lambda: again(mentorship, from_on=LATER),
    "mentorship_has_goals": lambda: mentorship(goals=""),
    "doorstep_change_once_a_transaction": lambda: again(change),
    "field_note_says_something": lambda: field_note(text=""),
    "mentorship_note_says_something": lambda: note(text=""),
}
SPEAKING_FIELDS = {
    "checklist_has_items",
    "day_log_says_something",
    "field_note_says_something",
    "mentorship_has_goals",
    "mentorship_note_says_something",
}
