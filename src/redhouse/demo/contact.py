"""What is going on at the doors of 新田 today: the days before today only, so that the year of the article stays as it
was. Everything passes the same verbs as real life."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from redhouse.ground.bodies.enums import BodyKind
from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.models import Fact
from redhouse.ground.people.models import Household, Person
from redhouse.ground.process.enums import Outcome
from redhouse.ground.process.queries import open_step
from redhouse.work.visits import actions as visits
from redhouse.work.visits.enums import CallAnswer, Care, Topic, VisitMode
from redhouse.work.visits.models import Callback, Checklist
from redhouse.work.visits.queries import caseload_of

CHECKLISTS = {
    Topic.FIRE: ["电动车没有在楼道充电", "灭火器在有效期内", "电线没有老化、私拉", "疏散通道没有堆物"],
    Topic.WORK_SAFETY: ["用工有登记", "机器有防护罩", "安全出口没有上锁", "员工知道怎样报警"],
    Topic.PARK: ["厂房用途与登记一致", "没有住人", "租约在有效期内"],
    Topic.ENVIRONMENT: ["门前没有积水", "垃圾已分类投放", "没有占道堆放"],
}
SAID: list[tuple[str, list[Topic]]] = [
    ("上门体检何时来", [Topic.HEALTH]),
    ("孙女明年入学，想问学位怎样分", [Topic.SCHOOL]),
    ("今年分红几时发", [Topic.DIVIDEND]),
    ("楼下夜里有人烧垃圾", [Topic.ENVIRONMENT]),
]
CARES = [Care.AGED_ALONE, Care.DISABLED, Care.HARDSHIP]
SEEN_LAST = [97, 94, 91, 78, 64, 52, 45, 38, 30, 24, 20, 16, 12, 9, 7, 5, 3]  # days ago, household by household
MONTHS_3 = timedelta(days=98)


def present_contact(*, people: dict[str, Person], village_code: str, after: date, on: date) -> None:
    """`people` by account; nothing is written on or before `after`, the last day of the article's year."""
    office = people["org"]
    for topic, items in CHECKLISTS.items():
        visits.edit_checklist(division_code=office.division_code, topic=topic, items=items, by=office, on=after)
    if on - MONTHS_3 <= after:
        return
    for username in ("member", "branch", "secretary"):
        _rounds(people[username], on)
    _problems(people, on)
    _station(people, Body.objects.get(kind=BodyKind.STATION_TEAM, division_code=village_code), on)
    _sample(people, village_code, on)


def _rounds(member: Person, on: date) -> None:
    """Each household was seen some time ago, three of them too long; what was said at a few, and three marks."""
    homes = list(caseload_of(member, on))
    for place, home in enumerate(homes):
        day = on - timedelta(days=SEEN_LAST[place % len(SEEN_LAST)] - place // len(SEEN_LAST))
        needs, topics = SAID[place] if place < len(SAID) else ("", [])
        visits.record_visit(
            household=home,
            member=member,
            happened_on=day,
            topics=topics,
            needs=needs,
            people_met=2 if needs else None,
            follow_up_on=on + timedelta(days=2) if place == 3 else None,
            supplies="米、油各一" if place == 1 else "",
            by=member,
            on=day,
        )
    for home, kind in zip(homes, CARES, strict=False):
        begin = on - timedelta(days=60)
        visits.mark_care(household=home, kind=kind, until_on=begin + timedelta(days=300), by=member, on=begin)


def _problems(people: dict[str, Person], on: date) -> None:
    """One waits to be accepted, one was assigned, one went up to the town."""
    member, secretary = people["member"], people["secretary"]
    day = on - timedelta(days=3)
    found = Fact.objects.filter(kind="visit_recorded", actor_id=member.pk, happened_on__lte=day)
    for fact, words, ways in zip(
        found.order_by("-happened_on", "fact_id")[:3],
        ["楼梯间堆了旧家具，老人上下不便", "巷口路灯不亮", "排水渠雨天倒灌，涉及上游"],
        [[], [Outcome.ACCEPTED, Outcome.DISPATCHED], [Outcome.ACCEPTED, Outcome.ESCALATED]],
        strict=False,
    ):
        home = Household.objects.select_related("dwelling", "head").get(pk=fact.subject_id or 0)
        report = visits.raise_problem(
            visit=fact, household=home, words=words, spot=home.dwelling.door, by=member, on=day
        )
        for outcome in ways:
            step = open_step(report.run)
            assert step is not None
            reason = "要镇里协调上游的村" if outcome == Outcome.ESCALATED else ""
            visits.settle_step(step=step, outcome=outcome, reason=reason, by=secretary, on=day)


def _station(people: dict[str, Person], team: Body, on: date) -> None:
    """Tuesdays: the leader calls by the list, writes the log, takes the secretary by the hand."""
    leader, member = people["leader"], people["member"]
    begin = on - timedelta(days=60)
    visits.fix_station_day(team=team, weekday=1, begins=time(14, 30), place="新田村党群服务中心", by=leader, on=begin)
    last = on - timedelta(days=(on.weekday() - 1) % 7 or 7)
    fire = Checklist.objects.get(topic=Topic.FIRE, until_on__isnull=True)
    homes: Sequence[Household] = list(caseload_of(member, on))[-3:]
    for place, home in enumerate(homes):
        visits.record_visit(
            household=home,
            member=leader,
            happened_on=last,
            mode=VisitMode.CHECKLIST,
            topics=[Topic.FIRE],
            checklist=fire,
            unmet=[3] if place == 0 else [],
            by=leader,
            on=last,
        )
    for weeks, words, received in ((0, "走访三户查消防；接待群众，多数问分红", 9), (1, "与两委商量厂房腾退", 4)):
        day = last - timedelta(days=7 * weeks)
        visits.write_day_log(team=team, logged_on=day, summary=words, received=received, by=leader, on=on)
    row = visits.begin_mentorship(
        team=team, mentee=people["secretary"], goals="党员大会按期开，重要事权照程序走", by=leader, on=begin
    )
    visits.note_mentorship(mentorship=row, text="一起看了分红方案的先议纪要", by=leader, on=last)


def _sample(people: dict[str, Person], village_code: str, on: date) -> None:
    """A sample of ten, seven of them asked by the supervisor."""
    begin = on - MONTHS_3 + timedelta(days=1)
    sample = visits.draw_sample(
        division_code=village_code, from_on=begin, last_on=on, size=10, by=people["secretary"], on=on
    )
    answers = [CallAnswer.YES] * 5 + [CallAnswer.UNSURE, CallAnswer.NO]
    for row, answer in zip(Callback.objects.filter(sample=sample).order_by("pk"), answers, strict=False):
        visits.answer_callback(callback=row, answer=answer, by=people["supervisor"], on=on)
