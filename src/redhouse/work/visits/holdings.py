"""What this room holds already, for report forms: visits, problems, and the logs of stationed days."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redhouse.ground.access.enums import HeldKind, Verb
from redhouse.ground.access.holdings import Holding, Known, Row, Span, hold
from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.models import Fact
from redhouse.ground.people.models import Household, Person
from redhouse.ground.places.queries import names_of
from redhouse.ground.process.enums import Ending
from redhouse.ground.process.facts import PROBLEM_REPORTED
from redhouse.ground.process.models import Report
from redhouse.ground.process.queries import reported
from redhouse.kit.divisions import CODE_LENGTH, prefix
from redhouse.kit.masks import mask_door, mask_name
from redhouse.kit.today import today
from redhouse.work.visits.enums import Topic, VisitMode
from redhouse.work.visits.facts import STATION_DAY_LOGGED
from redhouse.work.visits.models import DayLog, Visit
from redhouse.work.visits.queries.contacts import standing_visits
from redhouse.work.visits.queries.problems import contact_problems, level_of

_HOLDER = gettext_lazy("走访联系")
_PLACE = Known("place", gettext_lazy("村（社区）"), also=(gettext_lazy("所属村居"), gettext_lazy("所在村")))


def _visits(span: Span) -> QuerySet[Fact]:
    return standing_visits().filter(span.inside(), span.days("happened_on")).order_by("happened_on", "fact_id")


def _visit_rows(facts: Sequence[Fact]) -> list[Row]:
    homes = {
        pk: (door, head)
        for pk, door, head in Household.objects.filter(pk__in={fact.subject_id for fact in facts}).values_list(
            "pk", "dwelling__door", "head__name"
        )
    }
    told = {row.fact_id: row for row in Visit.objects.filter(fact__in=facts).defer("opinion")}
    with everything():  # a member calls in office
        members = dict(Person.objects.filter(pk__in={fact.actor_id for fact in facts}).values_list("pk", "name"))
    places = names_of({fact.division_code for fact in facts}, today())
    modes = {str(mode): str(mode.label) for mode in VisitMode}
    rows = []
    for fact in facts:
        door, head = homes.get(fact.subject_id or 0, ("", ""))
        visit = told.get(fact.pk)
        cells = {
            "happened_on": fact.happened_on,
            "place": places.get(fact.division_code[:CODE_LENGTH], fact.division_code),
            "spot": places.get(fact.division_code, fact.division_code),
            "home": mask_door(door) if door else _("（不在查看范围）"),
            "head": mask_name(head),
            "member": members.get(fact.actor_id or 0, ""),
            "mode": modes.get(fact.label, fact.label),
            "topics": "、".join(str(Topic(topic).label) for topic in visit.topics) if visit else "",
            "people_met": visit.people_met if visit else None,
            "needs": visit.needs if visit else "",
            "supplies": visit.supplies if visit else "",
            "follow_up_on": visit.follow_up_on if visit else None,
            "times": fact.quantity,
        }
        link = reverse("visits:household", args=[fact.subject_id]) if door else ""
        rows.append(Row(str(fact.pk), fact.division_code, cells, link, fact.pk))
    return rows


def _visit_total(span: Span) -> dict[str, int]:
    return {"times": _visits(span).order_by().aggregate(n=Sum("quantity"))["n"] or 0}


VISITS = hold(
    Holding(
        key="visits",
        title=gettext_lazy("走访记录"),
        holder=_HOLDER,
        verb=Verb.SEE_PEOPLE,
        fields=(
            Known("happened_on", gettext_lazy("走访日期"), HeldKind.DAY, also=(gettext_lazy("入户日期"),)),
            _PLACE,
            Known("spot", gettext_lazy("地点"), also=(gettext_lazy("经济社或小区"),), width=14),
            Known("home", gettext_lazy("联系户"), also=(gettext_lazy("门牌号"),), is_personal=True, width=14),
            Known("head", gettext_lazy("户主"), also=(gettext_lazy("户主姓名"),), is_personal=True, width=8),
            Known("member", gettext_lazy("联系党员"), also=(gettext_lazy("走访人"), gettext_lazy("联系人姓名"))),
            Known("mode", gettext_lazy("走访方式"), width=10),
            Known("topics", gettext_lazy("走访主题"), also=(gettext_lazy("走访内容"),), width=16),
            Known("people_met", gettext_lazy("见到几人"), HeldKind.NUMBER, also=(gettext_lazy("见面人数"),), width=6),
            Known("needs", gettext_lazy("群众诉求"), also=(gettext_lazy("群众需求"),), is_personal=True, width=24),
            Known("supplies", gettext_lazy("慰问物资"), also=(gettext_lazy("慰问品"),), is_personal=True, width=12),
            Known("follow_up_on", gettext_lazy("下次走访日期"), HeldKind.DAY),
            Known("times", gettext_lazy("走访人次"), HeldKind.NUMBER, also=(gettext_lazy("联系群众人次"),), width=6),
        ),
        find=_visits,
        read=_visit_rows,
        total=_visit_total,
        figure="F03",
        link_verb=Verb.RECORD_VISITS,
    )
)


def _problems(span: Span) -> QuerySet[Report]:
    found = contact_problems(prefix(span.division_code)).filter(span.days("run__opened_on"))
    return found.select_related("run").order_by("run__opened_on", "pk")


def _problem_rows(reports: Sequence[Report]) -> list[Row]:
    found = {each.report.pk: each for each in reported(Report.objects.filter(pk__in=[row.pk for row in reports]))}
    told = Fact.objects.filter(kind=PROBLEM_REPORTED, subject_id__in={row.run_id for row in reports})
    facts = dict(told.values_list("subject_id", "pk"))
    places = names_of({row.division_code for row in reports}, today())
    levels = {"village": _("村（社区）"), "town": _("镇"), "district": _("区"), "done": _("已了结")}
    rows = []
    for report in reports:
        each = found[report.pk]
        run = report.run
        cells = {
            "opened_on": run.opened_on,
            "place": places.get(report.division_code[:CODE_LENGTH], report.division_code),
            "spot": mask_door(report.spot),
            "words": report.words,
            "origin": str(report.get_origin_display()),
            "urgency": str(report.get_urgency_display()),
            "level": levels[level_of(each)],
            "state": each.state,
            "due_on": each.due_on,
            "closed_on": run.ended_on if run.ending == Ending.CLOSED else None,
            "raised": 1,
            "answered": int(run.ending == Ending.CLOSED),
        }
        link = reverse("visits:problem", args=[report.pk])
        rows.append(Row(str(report.pk), report.division_code, cells, link, facts.get(report.run_id)))
    return rows


def _problem_total(span: Span) -> dict[str, int]:
    found = _problems(span).order_by()
    return {"raised": found.count(), "answered": found.filter(run__ending=Ending.CLOSED).count()}


PROBLEMS = hold(
    Holding(
        key="problems",
        title=gettext_lazy("联系问题"),
        holder=_HOLDER,
        verb=Verb.SEE_PEOPLE,
        fields=(
            Known("opened_on", gettext_lazy("登记日期"), HeldKind.DAY, also=(gettext_lazy("收集日期"),)),
            _PLACE,
            Known("spot", gettext_lazy("问题地点"), is_personal=True, width=14),
            Known("words", gettext_lazy("问题内容"), also=(gettext_lazy("存在问题"),), is_personal=True, width=28),
            Known("origin", gettext_lazy("问题来源"), width=10),
            Known("urgency", gettext_lazy("缓急程度"), width=8),
            Known("level", gettext_lazy("解决层级"), also=(gettext_lazy("办理层级"),), width=8),
            Known("state", gettext_lazy("办理情况"), also=(gettext_lazy("办理进度"), gettext_lazy("整改情况"))),
            Known("due_on", gettext_lazy("办理期限"), HeldKind.DAY, also=(gettext_lazy("解决时限"),)),
            Known("closed_on", gettext_lazy("办结日期"), HeldKind.DAY, also=(gettext_lazy("解决日期"),)),
            Known("raised", gettext_lazy("提出问题数"), HeldKind.NUMBER, width=6),
            Known(
                "answered", gettext_lazy("已答复问题数"), HeldKind.NUMBER, also=(gettext_lazy("解决问题数"),), width=6
            ),
        ),
        find=_problems,
        read=_problem_rows,
        total=_problem_total,
    )
)


def _days(span: Span) -> QuerySet[DayLog]:
    found = DayLog.objects.filter(span.inside(), span.days("logged_on"))
    return found.select_related("team").order_by("logged_on", "pk")


def _day_rows(logs: Sequence[DayLog]) -> list[Row]:
    facts = Fact.objects.filter(kind=STATION_DAY_LOGGED, subject_id__in={log.team_id for log in logs})
    of_day = Q(happened_on__in={log.logged_on for log in logs})
    numbers = {(team, day): pk for team, day, pk in facts.filter(of_day).values_list("subject_id", "happened_on", "pk")}
    with everything():  # a team acts in office
        writers = dict(Person.objects.filter(pk__in={log.written_by_id for log in logs}).values_list("pk", "name"))
    places = names_of({log.division_code for log in logs}, today())
    return [
        Row(
            str(log.pk),
            log.division_code,
            {
                "logged_on": log.logged_on,
                "place": places.get(log.division_code[:CODE_LENGTH], log.division_code),
                "team": log.team.name,
                "summary": log.summary,
                "received": log.received,
                "writer": writers.get(log.written_by_id, ""),
                "days": 1,
            },
            reverse("visits:team", args=[log.team_id]),
            numbers.get((log.team_id, log.logged_on)),
        )
        for log in logs
    ]


def _day_total(span: Span) -> dict[str, int]:
    found = _days(span).order_by()
    return {"received": found.aggregate(n=Sum("received"))["n"] or 0, "days": found.count()}


STATION_DAYS = hold(
    Holding(
        key="station_days",
        title=gettext_lazy("驻点日志"),
        holder=_HOLDER,
        verb=Verb.SEE_PEOPLE,
        fields=(
            Known("logged_on", gettext_lazy("驻点日期"), HeldKind.DAY, also=(gettext_lazy("驻点时间"),)),
            _PLACE,
            Known("team", gettext_lazy("驻点团队"), also=(gettext_lazy("驻点人员"),), width=16),
            Known("summary", gettext_lazy("驻点工作内容"), also=(gettext_lazy("驻点情况"),), width=36),
            Known("received", gettext_lazy("接待群众人数"), HeldKind.NUMBER, also=(gettext_lazy("接访人数"),), width=8),
            Known("writer", gettext_lazy("记录人"), width=8),
            Known("days", gettext_lazy("驻点次数"), HeldKind.NUMBER, also=(gettext_lazy("驻点天数"),), width=6),
        ),
        find=_days,
        read=_day_rows,
        total=_day_total,
    )
)
