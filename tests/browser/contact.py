"""What the pages of contact name: a household that the member calls at, with everything that can be open there."""

from datetime import date, time, timedelta

from redhouse.kit.today import today
from redhouse.work.visits.actions import (
    adopt_procedure,
    draw_sample,
    edit_checklist,
    mark_care,
    raise_problem,
    record_visit,
)
from redhouse.work.visits.enums import Care, Topic
from redhouse.work.visits.models import DayLog, Mentorship, StationDay, VisitPhoto
from redhouse.work.visits.queries import keeps_contact
from tests.cast import BEGIN, TOWN, XINTIAN, person
from tests.house.ways_to_break_visits import team
from tests.kit.test_photos import PNG, TAIL
from tests.work.visits.factories import contact, household


def add_contact() -> dict[str, dict[str, object]]:
    """By the beginning of the address."""
    on, member, office, home = today(), person("member"), person("secretary"), household()
    if not keeps_contact(member, home, on):
        contact()
    adopt_procedure(on=date(2018, 11, 15))
    edit_checklist(
        division_code=TOWN, topic=Topic.FIRE, items=["灭火器在有效期内", "电线没有老化"], by=person("org"), on=on
    )
    fact = record_visit(
        household=home, member=member, happened_on=on, topics=["fire"], needs="路灯不亮", photos=[PNG + TAIL],
        follow_up_on=on + timedelta(days=3), by=member, on=on,
    )  # fmt: skip
    mark_care(household=home, kind=Care.AGED_ALONE, until_on=on + timedelta(days=90), by=member, on=on)
    photo = VisitPhoto.objects.get()
    report = raise_problem(visit=photo.visit.fact, household=home, words="路灯不亮", spot="3巷口", by=member, on=on)
    sample = draw_sample(division_code=XINTIAN, from_on=on, last_on=on, size=5, by=office, on=on)
    body = team()
    StationDay.objects.create(team=body, weekday=1, begins=time(14, 30), place="党群服务中心", from_on=BEGIN)
    DayLog.objects.create(team=body, division_code=XINTIAN, logged_on=on, summary="走访三户", written_by=office)
    Mentorship.objects.create(team=body, division_code=XINTIAN, goals="组织生活正常", from_on=BEGIN)
    return {
        "visits/": {
            "code": XINTIAN, "household_id": home.pk, "fact_id": fact, "photo_id": photo.pk, "report_id": report.pk,
            "sample_id": sample.pk, "team_id": body.pk, "topic": "fire", "kind": "visits",
        },
    }  # fmt: skip
