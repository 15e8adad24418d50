"""Events filed and followed by systems of others, by key, inside the place of the key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Schema, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile
from pydantic import Field

from redhouse.desk.api.entries import PRINTABLE, Lat, Lon, Spot, Text, TypeCode, Words
from redhouse.desk.api.problems import CODE, file_problem, sound, types_on
from redhouse.ground.access.reach import everything
from redhouse.ground.clients.enums import Scope
from redhouse.ground.clients.models import Token
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.places.queries import within
from redhouse.ground.process.enums import ReportOrigin
from redhouse.ground.process.models import Report
from redhouse.ground.process.queries import reported
from redhouse.ground.process.queries.reports import Reported
from redhouse.kit.divisions import is_within, prefix
from redhouse.kit.photos import LARGEST
from redhouse.kit.today import today
from redhouse.web.api import System
from redhouse.web.request import SystemRequest
from redhouse.work.visits.enums import PHOTOS_AT_MOST

router = Router()
FILE, FOLLOW = System(Scope.FILE), System(Scope.FOLLOW)
PAGE = 100


class NewReport(Schema):
    key: UUID = Field(description="由上报方生成；同一个再来，还是那一件")
    type_code: TypeCode = ""
    words: Words
    spot: Spot
    division_code: Annotated[str, Field(pattern=r"^[0-9]{12}([0-9]{3})?$")]
    lat: Lat | None = None
    lon: Lon | None = None
    name: Annotated[str, Field(max_length=40), PRINTABLE] = ""
    phone: Annotated[str, Field(max_length=20), PRINTABLE] = ""


class ReportState(Schema):
    number: int
    code: str = Field(description="查询码，群众也可以用它查")
    key: UUID
    type_code: str
    type: str
    words: str
    spot: str
    division_code: str
    lat: float | None
    lon: float | None
    state: str
    is_over: bool
    due_on: str
    reported_at: datetime


class Page(Schema):
    reports: list[ReportState]
    after: int = Field(description="下一页从这个编号之后取；没有更多时不变")


class TypeOf(Schema):
    code: str
    name: str


@router.get("types", auth=FOLLOW, response=list[TypeOf], summary="能上报哪些事")
def types(request: SystemRequest) -> list[dict[str, str]]:
    return types_on(today())


@router.post("", auth=FILE, response={201: ReportState}, summary="上报一件")
def file(request: SystemRequest, new: NewReport) -> Status[dict[str, Any]]:
    return Status(201, state(filed_by(request.auth, new)))


@router.post("photographed", auth=FILE, response={201: ReportState}, summary="连照片上报一件")
def file_photographed(
    request: SystemRequest, new: Form[NewReport], photo: File[list[UploadedFile]]
) -> Status[dict[str, Any]]:
    """The same fields as parts of a form, with photographs (parts `photo`, JPEG, PNG or WebP) beside them. They are
    kept without place and device; the same key again adds none."""
    if len(photo) > PHOTOS_AT_MOST:
        raise HttpError(413, _("一件最多存%(most)s张照片") % {"most": PHOTOS_AT_MOST})
    return Status(201, state(filed_by(request.auth, new, [each.read(LARGEST + 1) for each in photo])))


@router.get("", auth=FOLLOW, response=Page, summary="我这里的事件，按编号")
def listed(request: SystemRequest, after: Annotated[int, Field(ge=0, lt=2**63)] = 0) -> dict[str, Any]:
    rows = list(reported(reports_of(request.auth).filter(pk__gt=after).order_by("pk")[:PAGE]))
    return {"reports": [state(row) for row in rows], "after": rows[-1].report.pk if rows else after}


@router.get("{str:code}", auth=FOLLOW, response=ReportState, summary="一件办到哪里")
def one(request: SystemRequest, code: Text) -> dict[str, Any]:
    return state(report_of(request.auth, code))


def filed_by(token: Token, new: NewReport, photos: Sequence[bytes] = ()) -> Reported:
    """The report of a system, once for each key. Raises PermissionDenied, NotYet, ValidationError."""
    if not is_within(new.division_code, token.division_code):
        raise PermissionDenied(_("这把密钥只能上报%(code)s以内的事件") % {"code": token.division_code})
    with everything():
        report = file_problem(
            division_code=new.division_code,
            photos=photos,
            key=new.key,
            by=None,
            on=today(),
            type_code=new.type_code,
            words=new.words,
            spot=new.spot,
            origin=ReportOrigin.SYSTEM,
            name=new.name,
            phone=new.phone,
            lat=sound(new.lat),
            lon=sound(new.lon),
        )
        if report.origin != ReportOrigin.SYSTEM or report.division_code != new.division_code:
            raise NotYet([_("这个编号已用于另一件上报，请换一个")])
    return report_of(token, report.status_code)


def reports_of(token: Token) -> QuerySet[Report]:
    return Report.objects.filter(within([prefix(token.division_code)]), run__version__code=CODE)


def report_of(token: Token, code: str) -> Reported:
    """Raises Http404 also for what lies outside the place of the key."""
    found = reported(reports_of(token).filter(status_code=code.upper()))
    if not found:
        raise Http404
    return found[0]


def state(row: Reported) -> dict[str, Any]:
    report = row.report
    return {
        "number": report.pk,
        "code": report.status_code,
        "key": report.key,
        "type_code": report.type_code,
        "type": report.type.name if report.type else "",
        "words": report.words,
        "spot": report.spot,
        "division_code": report.division_code,
        "lat": report.lat,
        "lon": report.lon,
        "state": row.state,
        "is_over": row.step is None,
        "due_on": row.due_on.isoformat() if row.due_on else "",
        "reported_at": report.reported_at,
    }
