"""The shell of /api/v1: who asks, a lock on every address, and refusals in sentences. Routers come from above.

A phone asks with the session of its person, a system of others with a key (`Authorization: Bearer rh_…`). The lock
finds out who it is and lets nobody else in; `Phone` and `System` then say which of the two an operation is for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.errors import ValidationError as Malformed
from ninja.security import APIKeyCookie, HttpBearer
from pydantic import ValidationError as NotSound

from redhouse.ground.access.reach import set_reach
from redhouse.ground.clients.actions import note_use
from redhouse.ground.clients.enums import Scope
from redhouse.ground.clients.models import Token
from redhouse.ground.clients.queries import token_in_force
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Person
from redhouse.ground.process.actions import OutOfTurn
from redhouse.kit.divisions import prefix
from redhouse.kit.errors import HouseError
from redhouse.kit.today import today
from redhouse.web.publishing import too_often
from redhouse.web.request import ApiRequest
from redhouse.web.verbs import Unsound

View = Callable[..., HttpResponse]
WRONG_KEYS_A_MINUTE = 30


class Phone(APIKeyCookie):
    """Somebody with an account, on a page or in the phone app; writing needs the CSRF token as on every page."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Person | None:
        asked = cast(ApiRequest, request)
        if asked.token is not None:
            raise HttpError(403, _("这个接口要由本人登录使用，密钥不能代替"))
        if asked.person is None and asked.user.is_authenticated:
            raise HttpError(403, _("这个账号还没有对应的人，请镇组织办在“账号”里补上。"))
        return asked.person


class System(HttpBearer):
    """A system of others, by a key with this scope."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        super().__init__()

    def __call__(self, request: HttpRequest) -> Token | None:
        """The lock has read the key already, from the header or, as Open311 does, from the form."""
        return self.authenticate(request, "")

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        found = cast(ApiRequest, request).token
        if found is not None and self.scope not in found.scopes:
            raise HttpError(403, _("这把密钥不能%(what)s，请系统管理员另开一把") % {"what": self.scope.label})
        return found


def new_api(**words: Any) -> NinjaAPI:
    """An API that describes itself at `openapi.json` and refuses in sentences."""
    api = NinjaAPI(urls_namespace="api", docs_url=None, **words)
    for kind, status in [
        (NotYet, 409), (OutOfTurn, 409), (HouseError, 409), (PermissionDenied, 403), (ValidationError, 422),
        (ObjectDoesNotExist, 404), (Http404, 404),
    ]:  # fmt: skip
        api.add_exception_handler(kind, _refusing(status))
    api.add_exception_handler(Unsound, _unsound)
    api.add_exception_handler(Malformed, _malformed)
    api.add_exception_handler(NotSound, _malformed)
    return api


def addresses(api: NinjaAPI, *, public: set[str]) -> Iterator[URLPattern]:
    """The addresses of the API, each behind its lock; `public` are the names that ask for nobody."""
    patterns, _app, _space = api.urls
    for found in patterns:
        assert isinstance(found, URLPattern)
        view = _lock(found.callback, is_public=found.name in public)
        yield URLPattern(found.pattern, view, found.default_args, found.name)


def sentence_of(error: Exception) -> str:
    """What stood in the way, in one sentence for whoever sent it."""
    if isinstance(error, ValidationError):
        return "；".join(error.messages)
    if isinstance(error, ObjectDoesNotExist | Http404):
        return _("没有找到，也许已经移走")
    return str(error) or _("没有权限")


def _lock(view: View, *, is_public: bool) -> View:
    @csrf_exempt  # Phone asks for the token itself; a key needs none
    def guarded(request: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token = request.token = None
        shown = request.headers.get("Authorization", "")
        if request.content_type == "application/x-www-form-urlencoded":
            shown = shown or request.POST.get("api_key", "")  # where Open311 puts it
        if shown:
            token = token_in_force(shown.removeprefix("Bearer ").strip(), today())
            if token is None:
                return _unknown_key(request)
            request.token = token
            set_reach([prefix(token.division_code)])
        elif not is_public and not request.user.is_authenticated:
            return JsonResponse({"detail": _("请先登录，或用接口密钥")}, status=401)
        answer = view(request, *args, **kwargs)
        if token is not None:
            note_use(token=token, method=str(request.method), path=request.path, status=answer.status_code)
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    guarded.access = "public" if is_public else "api"  # type: ignore[attr-defined]
    return guarded


def _unknown_key(request: HttpRequest) -> HttpResponse:
    if too_often(request, "api-key", per_minute=WRONG_KEYS_A_MINUTE):
        return JsonResponse({"detail": _("试得太多，请一分钟后再来")}, status=429, headers={"Retry-After": "60"})
    return JsonResponse({"detail": _("密钥不对、已到期或已停用，请系统管理员另开一把")}, status=401)


def _refusing(status: int) -> Callable[[HttpRequest, Any], HttpResponse]:
    def refuse(request: HttpRequest, error: Any) -> HttpResponse:
        missing = {"missing": error.missing} if isinstance(error, NotYet) else {}
        return JsonResponse({"detail": sentence_of(error)} | missing, status=status)

    return refuse


def _unsound(request: HttpRequest, error: Any) -> HttpResponse:
    """422, naming each field of the form."""
    wrong = [{"field": name, "reason": "；".join(map(str, said))} for name, said in error.form.errors.items()]
    return JsonResponse({"detail": str(error), "fields": wrong}, status=422)


def _malformed(request: HttpRequest, error: Any) -> HttpResponse:
    """422, naming each field."""
    errors = error.errors() if isinstance(error, NotSound) else error.errors
    wrong = [{"field": ".".join(map(str, found["loc"])), "reason": fault(found)} for found in errors]
    return JsonResponse({"detail": "；".join(each["reason"] for each in wrong), "fields": wrong}, status=422)


def fault(found: Any) -> str:
    """One fault that pydantic found, in words: which field, and the mend."""
    field = str(found["loc"][-1]) if found["loc"] else ""
    if found["type"] == "missing":
        return _("缺少“%(field)s”，请补上") % {"field": field}
    if found["type"] == "string_too_long":
        return _("“%(field)s”最多%(most)s字，请缩短") % {"field": field, "most": found["ctx"]["max_length"]}
    return _("“%(field)s”的值不对，请核对") % {"field": field}
