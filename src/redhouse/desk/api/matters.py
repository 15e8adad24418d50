"""Matters by the API: read them, and do what a page does with them, as the person who is signed in.

Every verb has one address; its form is that of the page, its fields stand in the description. A key of a system opens
none of these: a step is closed by a person.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from inspect import Parameter, Signature
from typing import Annotated, Any, cast
from uuid import UUID, uuid4

from django import forms
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.utils.datastructures import MultiValueDict
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from ninja.errors import HttpError
from pydantic import Field

from redhouse.desk.reading import READS
from redhouse.desk.verbs import ALL, do_once
from redhouse.ground.clients.enums import EntryKind
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.messages.queries import awaiting_confirmation
from redhouse.ground.papers.queries import latest_version
from redhouse.ground.process.queries import open_step, step_rule
from redhouse.kit.today import today
from redhouse.web.api import Phone
from redhouse.web.files import stored
from redhouse.web.request import PhoneRequest
from redhouse.web.telling import site
from redhouse.web.verbs import Done, Verb
from redhouse.work.decisions.models import Matter
from redhouse.work.decisions.queries.lists import listed
from redhouse.work.decisions.queries.openness import archive_for
from redhouse.work.decisions.verbs.outline import line

router = Router(auth=Phone())
PAGE = 100


class DoneAnswer(Schema):
    said: str
    came: dict[str, int | str] = Field(default_factory=dict)
    refused: list[str] = Field(default_factory=list)
    repeated: bool = False


def read(kind: str, request: PhoneRequest, number: int) -> dict[str, Any]:
    """Raises Http404 for what this person may not see, as for what is not there."""
    seen = READS[kind](request.auth, number)
    if seen is None:
        raise Http404
    return seen


@router.get("matters", summary="我能看到的事项")
def index(
    request: PhoneRequest,
    state: Annotated[str, Field(max_length=20)] = "",
    power: Annotated[str, Field(max_length=8)] = "",
    q: Annotated[str, Field(max_length=40)] = "",
    page: Annotated[int, Field(ge=1, le=10_000)] = 1,
) -> dict[str, Any]:
    """Newest first, a hundred a page; `state` is running, suspended or ended."""
    get_token(request)  # sets the cookie without which nothing could be done
    rows = list(listed(request.auth, state=state, power=power, q=q)[(page - 1) * PAGE : page * PAGE + 1])
    return {"matters": [line(row) for row in rows[:PAGE]], "has_more": len(rows) > PAGE}


@router.get("matters/{int:matter_id}", summary="一件事项：进程、还差什么、我能办什么")
def matter(request: PhoneRequest, matter_id: int) -> dict[str, Any]:
    get_token(request)
    return read("matter", request, matter_id)


@router.get("matters/{int:matter_id}/doors", summary="待上门说明的户")
def doors(request: PhoneRequest, matter_id: int) -> dict[str, Any]:
    return read("doors", request, matter_id)


@router.get("matters/{int:matter_id}/bundle", summary="封存的档案包")
def bundle(request: PhoneRequest, matter_id: int) -> HttpResponseBase:
    """For those who hold an office of the matter; `redhouse verify` checks it without the house."""
    archive = archive_for(request.auth, matter_id)
    return stored(latest_version(archive.bundle) if archive and archive.bundle else None, as_attachment=True)


@router.get("rolls/{int:roll_id}", summary="名册")
def roll(request: PhoneRequest, roll_id: int) -> dict[str, Any]:
    return read("roll", request, roll_id)


@router.get("meetings/{int:meeting_id}", summary="会议")
def meeting(request: PhoneRequest, meeting_id: int) -> dict[str, Any]:
    return read("meeting", request, meeting_id)


@router.get("notices/{int:notice_id}", summary="通知送达了谁")
def notice(request: PhoneRequest, notice_id: int) -> dict[str, Any]:
    return read("notice", request, notice_id)


@router.get("versions/{int:version_id}/moves", summary="可以转入这一版的在办事项")
def moves(request: PhoneRequest, version_id: int) -> dict[str, Any]:
    """The preview of a move: where each may go back to, and what it has to state first."""
    return read("moves", request, version_id)


@router.get("receipts", summary="等我确认的通知")
def waiting(request: PhoneRequest) -> list[dict[str, Any]]:
    rows = awaiting_confirmation(request.auth, today())
    return [{"receipt": row.pk, "title": row.notice.title, "due_on": row.notice.due_on} for row in rows]


def _operation(verb: Verb) -> Callable[..., Any]:
    def operate(request: PhoneRequest, **address: Any) -> Any:
        data, files = _sent(request)
        thing = verb.find(request.auth, **address)
        given = {"by": request.auth, "data": data, "files": files, "site": site(request)}
        try:
            done = do_once(verb, thing, key=_key(request), kind=EntryKind.API, **given)
        except NotYet as refused:
            return _refused(refused, thing)
        if done is None:
            return DoneAnswer(said=_("同一编号已经办过，没有再办。"), repeated=True)
        if done.file:
            return _file(done)
        return DoneAnswer(said=done.said, came=dict(done.came), refused=list(done.refused))

    asked = [
        Parameter(name, Parameter.KEYWORD_ONLY, annotation=str if name == "code" else int) for name in verb.numbers
    ]
    request = Parameter("request", Parameter.POSITIONAL_OR_KEYWORD)
    operate.__signature__ = Signature([request, *asked])  # type: ignore[attr-defined]
    operate.__name__, operate.__doc__ = verb.name.replace("-", "_"), verb.act.__doc__
    return operate


def _refused(refused: NotYet, thing: Any) -> Any:
    """409 with each sentence, and the articles that the open step stands on."""
    step = open_step(thing.run) if isinstance(thing, Matter) else None
    clauses = [clause.text for clause in step_rule(step).clauses] if step else []
    return Status(409, {"detail": str(refused), "missing": refused.missing, "clauses": clauses})


def _file(done: Done) -> HttpResponse:
    assert done.file is not None
    content, media_type, name = done.file
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=media_type, headers={"Content-Disposition": str(disposition)})


def _key(request: PhoneRequest) -> UUID:
    given = request.headers.get("Idempotency-Key", "")
    try:
        return UUID(given) if given else uuid4()
    except ValueError:
        raise HttpError(422, _("Idempotency-Key 要写成 UUID")) from None


def _sent(request: PhoneRequest) -> tuple[MultiValueDict[str, Any], Any]:
    """A form, with files, or a JSON object of the same fields."""
    if request.content_type != "application/json":
        return request.POST, request.FILES
    try:
        said = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise HttpError(422, _("请发 JSON 对象，或表单"))
    many = {name: value if isinstance(value, list) else [value] for name, value in said.items()}
    return MultiValueDict({name: [_text(value) for value in values] for name, values in many.items()}), None


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value).replace("\x00", "")


def _described(verb: Verb) -> dict[str, Any]:
    """The form in the words of OpenAPI; what depends on the thing (which outcomes, which hosts) is said by it."""
    fields = verb.form.base_fields or verb.form().fields
    shown = {name: _schema(field) for name, field in fields.items()}
    wanted = [name for name, field in fields.items() if field.required]
    schema = {"type": "object", "properties": shown} | ({"required": wanted} if wanted else {})
    kinds = ["multipart/form-data"]
    if not any(isinstance(field, forms.FileField) for field in fields.values()):
        kinds.insert(0, "application/json")
    body = {"required": bool(wanted), "content": {kind: {"schema": schema} for kind in kinds}}
    return {"requestBody": body, "parameters": [KEY]} if not verb.is_secret else {"requestBody": body}


KEY = {
    "name": "Idempotency-Key", "in": "header", "required": False, "schema": {"type": "string", "format": "uuid"},
    "description": "同一个编号再来，不再办一次",
}  # fmt: skip


def _schema(field: forms.Field) -> dict[str, Any]:
    said: dict[str, Any] = {"type": "string", "description": str(field.label or field.help_text or "")}
    if isinstance(field, forms.FileField):
        said["format"] = "binary"
    elif isinstance(field, forms.DateField):
        said["format"] = "date"
    elif isinstance(field, forms.IntegerField):
        said["type"] = "number" if isinstance(field, forms.DecimalField) else "integer"
    elif isinstance(field, forms.MultipleChoiceField):
        said = {"type": "array", "items": {"type": "string"}, "description": said["description"]}
    elif isinstance(field, forms.ChoiceField):
        values = [str(value) for value, _label in cast(Iterable[tuple[Any, Any]], field.choices)]
        said |= {"enum": values} if values else {}
    return said


def _add(verb: Verb) -> None:
    path = verb.address.replace("{", "{int:").replace("{int:code}", "{slug:code}")
    router.add_api_operation(
        path, ["POST"], _operation(verb), response={200: DoneAnswer, 409: dict[str, Any]},
        summary=str(verb.title), url_name=f"do-{verb.name}", operation_id=verb.name, openapi_extra=_described(verb),
    )  # fmt: skip


for each in ALL.values():
    _add(each)
