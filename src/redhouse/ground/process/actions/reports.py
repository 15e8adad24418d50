"""Report a problem, answer whoever reported it, forget them. `by` is the person who does it, None without an account;
`on` an Asia/Shanghai day."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Person
from redhouse.ground.places.models import Division
from redhouse.ground.process import facts
from redhouse.ground.process.actions.refusals import guarded
from redhouse.ground.process.actions.steps import file_paper, lock_open, write_opening
from redhouse.ground.process.enums import ReplyResult, ReplyWay, ReportOrigin, StepKind, Urgency
from redhouse.ground.process.models import CaseType, Reply, Report, Run, RunStep
from redhouse.ground.process.procedure.flat import START
from redhouse.ground.process.queries.reports import host_of, types_of
from redhouse.ground.process.queries.runs import open_step
from redhouse.ground.process.queries.versions import procedure_of, version_in_force
from redhouse.ground.process.rules import may_close
from redhouse.ground.process.rules.reports import may_forget_reporter, may_report
from redhouse.kit.codes import readable_code


def report_problem(
    *,
    code: str,
    type_code: str,
    words: str,
    spot: str,
    division_code: str,
    origin: str,
    by: Person | None,
    on: date,
    origin_fact: Fact | None = None,
    reporter: Person | None = None,
    name: str = "",
    phone: str = "",
    lat: Decimal | None = None,
    lon: Decimal | None = None,
    photos: Sequence[Paper] = (),
    key: UUID | None = None,
    follows: Report | None = None,
) -> Report:
    """Open a run of the procedure `code` for a problem; the same key again is the report that is there.

    Raises PermissionDenied, NotYet where there is no such procedure, type or place, ValidationError.
    """
    with guarded(), everything():
        known = Report.objects.filter(key=key).first() if key else None
        if known is not None:
            return known
        if not may_report(by, on):
            raise PermissionDenied(_("系统、安全、审计管理员不办理事项"))
        kind = _type(code, type_code, on)
        run = _run(code, division_code, by, on)
        report = Report(
            run=run,
            type=kind,
            type_code=type_code,
            urgency=kind.urgency if kind else Urgency.ORDINARY,
            words=words.strip(),
            spot=spot.strip(),
            division_code=division_code,
            lat=lat,
            lon=lon,
            origin=ReportOrigin(origin),
            origin_fact=origin_fact,
            follows=follows,
            reporter=reporter,
            name=name.strip(),
            phone=phone.strip(),
            status_code=readable_code(),
            key=key or uuid4(),
        )
        report.full_clean(exclude=["run", "type", "origin_fact", "follows", "reporter"])
        report.save()
        step = _begin(run, on)
        for paper in photos:
            file_paper(step=step, paper=paper, by=by, on=on)
        ledger.record(
            facts.PROBLEM_REPORTED,
            happened_on=on,
            division_code=division_code,
            by=by.pk if by else None,
            subject=run.pk,
            label=".".join(part for part in (code, type_code, str(report.origin)) if part),
        )
    return report


def _type(code: str, type_code: str, on: date) -> CaseType | None:
    types = {row.type_code: row for row in types_of(code, on)}
    if type_code not in types and (types or type_code):
        raise NotYet([_("没有编码为“%(code)s”的事件类型，请从列表里选") % {"code": type_code}])
    return types.get(type_code)


def _run(code: str, division_code: str, by: Person | None, on: date) -> Run:
    if not Division.objects.as_of(on).filter(code=division_code).exists():
        raise NotYet([_("没有登记区划“%(code)s”，请选择村（社区）或其中的地点") % {"code": division_code}])
    host, version = host_of(division_code, on), version_in_force(code, division_code, on)
    if host is None or version is None or not procedure_of(version).is_case:
        raise NotYet([_("%(code)s 在%(day)s没有有效的程序，请先采用一版") % {"code": code, "day": on}])
    run = Run(version=version, host=host, division_code=division_code, facts={}, opened_on=on, opened_by=by)
    run.save()
    return run


def _begin(run: Run, on: date) -> RunStep:
    [[_given, key]] = run.version.ways[START][START]
    return write_opening(run, procedure_of(run.version).by_key[key], number=1, on=on)


def record_reply(*, step: RunStep, way: str, result: str, by: Person | None, on: date, words: str = "") -> Reply:
    """Record that the reporter was answered, or could not be; `by` is None where they say so themselves on the page of
    their code. Raises PermissionDenied, NotYet, OutOfTurn, ValidationError."""
    with guarded(), everything():
        step = lock_open(step)
        if step.kind != StepKind.CLOSE:
            raise NotYet([_("核查通过以后才答复上报人")])
        if by is not None and not may_close(by, step, on):
            raise PermissionDenied(_("答复上报人由结案的人办理"))
        reply = Reply(
            step=step, way=ReplyWay(way), result=ReplyResult(result), words=words.strip(), replied_on=on, replied_by=by
        )
        reply.full_clean(exclude=["step", "replied_by"])
        reply.save()
        ledger.record(
            facts.REPORTER_ANSWERED,
            happened_on=on,
            division_code=step.run.division_code,
            by=by.pk if by else None,
            subject=step.run_id,
            object=step.pk,
            label=str(reply.result),
        )
    return reply


def reopen(*, report: Report, words: str, by: Person | None, on: date, key: UUID | None = None) -> Report:
    """The problem is there again after its case was closed: a new case that follows the old one, once.

    Raises NotYet where the old one is still open or has been followed, ValidationError.
    """
    with guarded(), everything():
        old = Report.objects.select_for_update(of=("self",)).select_related("run__version").get(pk=report.pk)
        if open_step(old.run) is not None:
            raise NotYet([_("这件还在办理，不用重新上报")])
        after = Report.objects.filter(follows=old).first()
        if after is not None:
            return after
        return report_problem(
            code=old.run.version.code,
            type_code=old.type_code,
            words=words or old.words,
            spot=old.spot,
            division_code=old.division_code,
            origin=old.origin,
            reporter=old.reporter,
            name=old.name,
            phone=old.phone,
            lat=old.lat,
            lon=old.lon,
            follows=old,
            key=key,
            by=by,
            on=on,
        )


@transaction.atomic
def forget_reporter(*, report: Report, by: Person | None, on: date) -> Report:
    """Erase who reported: by whoever answers for personal data, or by the house itself (`by` None) when it is old.

    Raises PermissionDenied, NotYet while the case is open.
    """
    report = Report.objects.select_for_update(of=("self",)).select_related("run").get(pk=report.pk)
    if by is not None and not may_forget_reporter(by, report, on=on):
        raise PermissionDenied(_("上报人信息由村（社区）党组织书记或镇组织办删去"))
    if not report.run.ending:
        raise NotYet([_("办结以后才能删去上报人的联系方式")])
    if report.erased_on is None:
        report.reporter, report.name, report.phone, report.erased_on = None, "", "", on
        report.save(update_fields=["reporter", "name", "phone", "erased_on"])
        ledger.record(
            facts.REPORTER_ERASED,
            happened_on=on,
            division_code=report.division_code,
            by=by.pk if by else None,
            subject=report.run_id,
        )
    return report
