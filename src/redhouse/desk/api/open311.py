"""Open311 GeoReport v2, in JSON and XML, over the same reports: https without a wrapper of our own.

`service_request_id` is the code by which anybody follows a report; `token` is the key by which it was filed.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid4
from xml.etree import ElementTree

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Form, Router, Schema
from ninja.errors import HttpError
from pydantic import AwareDatetime, Field

from redhouse.desk.api.entries import Text
from redhouse.desk.api.problems import types_on
from redhouse.desk.api.reports import FILE, FOLLOW, NewReport, filed_by, report_of, reports_of
from redhouse.ground.process.models import Report
from redhouse.ground.process.queries import reported
from redhouse.ground.process.queries.reports import Reported
from redhouse.kit.today import today
from redhouse.web.request import SystemRequest

router = Router()
AT_MOST = 1000  # requests in one answer, as the standard has it
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
Row = dict[str, Any]


class NewRequest(Schema):
    """What the standard calls a service request. `jurisdiction_id` is the division: which village, or which town."""

    service_code: str = ""
    description: str = ""
    jurisdiction_id: str = ""
    lat: float | None = None
    long: float | None = None
    address_string: str = ""
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    api_key: str = ""  # the lock has read it


@router.get("services.{slug:kind}", auth=None, summary="Service list")
def services(request: HttpRequest, kind: str) -> HttpResponse:
    rows = [_service(row) for row in types_on(today())]
    return _answer(kind, "services", "service", rows)


@router.get("services/{slug:code}.{slug:kind}", auth=None, summary="Service definition")
def definition(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    if code not in {row["code"] for row in types_on(today())}:
        raise Http404
    return _answer(kind, "service_definition", "", {"service_code": code, "attributes": []})


@router.post("requests.{slug:kind}", auth=FILE, summary="File a service request")
def file(request: SystemRequest, kind: str, new: Form[NewRequest]) -> HttpResponse:
    """`Idempotency-Key` (a UUID) makes a repeated request the same one."""
    token = request.auth
    is_placed = new.lat is not None and new.long is not None
    spot = new.address_string or (f"{new.lat}, {new.long}" if is_placed else "")
    for field, said in {"description": new.description, "address_string": spot}.items():
        if not said.strip():
            raise HttpError(422, _("缺少“%(field)s”，请补上") % {"field": field})
    row = filed_by(
        token,
        NewReport(
            key=_key(request),
            type_code=new.service_code,
            words=new.description,
            spot=spot,
            division_code=new.jurisdiction_id or token.division_code,
            lat=new.lat,
            lon=new.long,
            name=f"{new.last_name}{new.first_name}",
            phone=new.phone,
        ),
    )
    answer = {"service_request_id": row.report.status_code, "service_notice": row.state, "account_id": ""}
    return _answer(kind, "service_requests", "request", [answer], status=201)


@router.get("requests.{slug:kind}", auth=FOLLOW, summary="Service requests")
def requests(
    request: SystemRequest,
    kind: str,
    service_request_id: Text = "",
    service_code: Text = "",
    status: str = "",
    start_date: AwareDatetime | None = None,
    end_date: AwareDatetime | None = None,
    page_size: Annotated[int, Field(ge=1, le=AT_MOST)] = AT_MOST,
    page: Annotated[int, Field(ge=1, le=100_000)] = 1,
) -> HttpResponse:
    rows = reports_of(request.auth).order_by("-pk")
    if service_request_id:
        rows = rows.filter(status_code__in=[code.strip().upper() for code in service_request_id.split(",")])
    if service_code:
        rows = rows.filter(type_code__in=service_code.split(","))
    if status in ("open", "closed"):
        rows = rows.filter(run__ending="") if status == "open" else rows.exclude(run__ending="")
    if start_date:
        rows = rows.filter(reported_at__gte=start_date)
    if end_date:
        rows = rows.filter(reported_at__lte=end_date)
    found = reported(rows[(page - 1) * page_size : page * page_size])
    return _answer(kind, "service_requests", "request", [_request(row) for row in found])


@router.get("requests/{str:code}.{slug:kind}", auth=FOLLOW, summary="One service request")
def one(request: SystemRequest, code: Text, kind: str) -> HttpResponse:
    row = _request(report_of(request.auth, code))
    return _answer(kind, "service_requests", "request", [row])


@router.get("tokens/{uuid:key}.{slug:kind}", auth=FOLLOW, summary="The request of a token")
def token(request: SystemRequest, key: UUID, kind: str) -> HttpResponse:
    report: Report | None = reports_of(request.auth).filter(key=key).first()
    if report is None:
        raise Http404
    row = {"token": str(key), "service_request_id": report.status_code}
    return _answer(kind, "service_requests", "request", [row])


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.headers.get("Idempotency-Key", ""))
    except ValueError:
        return uuid4()


def _service(row: dict[str, str]) -> Row:
    group, _colon, name = row["name"].rpartition("：")
    return {
        "service_code": row["code"],
        "service_name": name,
        "description": row["name"],
        "metadata": False,
        "type": "realtime",
        "keywords": "",
        "group": group,
    }


def _request(row: Reported) -> Row:
    report = row.report
    return {
        "service_request_id": report.status_code,
        "status": "closed" if row.step is None else "open",
        "status_notes": row.state,
        "service_name": report.type.name if report.type else _("未分类"),
        "service_code": report.type_code,
        "description": report.words,
        "agency_responsible": "",
        "service_notice": "",
        "requested_datetime": _moment(report.reported_at),
        "updated_datetime": _moment(row.step.opened_at if row.step else report.reported_at),
        "expected_datetime": f"{row.due_on}T23:59:59+08:00" if row.due_on else "",
        "address": report.spot,
        "address_id": report.division_code,
        "zipcode": "",
        "lat": float(report.lat) if report.lat is not None else None,
        "long": float(report.lon) if report.lon is not None else None,
        "media_url": "",
    }


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _answer(kind: str, whole: str, part: str, found: list[Row] | Row, *, status: int = 200) -> HttpResponse:
    if kind == "json":
        text = json.dumps(found, ensure_ascii=False)
        return HttpResponse(text, content_type="application/json; charset=utf-8", status=status)
    if kind != "xml":
        raise Http404
    root = ElementTree.Element(whole)
    for row in found if isinstance(found, list) else [found]:
        node = ElementTree.SubElement(root, part) if part else root
        for name, value in row.items():
            said = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
            ElementTree.SubElement(node, name).text = _NOT_XML.sub("", "" if isinstance(value, list) else said)
    text = ElementTree.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return HttpResponse(head + text, content_type="text/xml; charset=utf-8", status=status)
