"""Who may open a page: every view wears exactly one of `public`, `signed_in` and `needs`.

Each decorator leaves its mark on `view.access` ("public", "signed_in" or "needs"), so that a test can walk all
addresses of the house and find none without a lock.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.web.request import Request

View = Callable[..., HttpResponseBase]
Rule = Callable[..., bool]
Getter = Callable[..., Any]


class NotYours(PermissionDenied):
    """This person may not do this. The text says who could; the 403 page prints it."""


def public(view: View) -> View:
    """A page without sign-in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return _marked(guarded, "public")


def signed_in(view: View) -> View:
    """A page for every account; the view receives what the address says."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    return _marked(guarded, "signed_in")


def needs(rule: Rule | None, getter: Getter, *, who: str | Promise = "") -> Callable[[View], View]:
    """A page about one object that this person may act on; the view receives the object.

    `getter(person, **address)` is the only door to the object: `None` or `DoesNotExist` is a 404, so that a
    stranger cannot tell what exists. `rule(person, object, on=today)` then decides; `None` asks nothing further.
    `who` is a sentence for the 403 page: who could do it.
    """

    def wear(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            person = request.person
            if person is None:
                raise NotYours(_("这个账号还没有对应的人，请镇组织办在“账号”里补上。"))
            try:
                found = getter(person, **kwargs)
            except ObjectDoesNotExist as absent:
                raise Http404 from absent
            if found is None:
                raise Http404
            if rule is not None and not rule(person, found, on=today()):
                raise NotYours(str(who))
            return view(request, found)

        return _marked(guarded, "needs")

    return wear


def oneself(person: Person) -> Person:
    """The getter of pages about whoever asks."""
    return person


def _marked(view: View, access: str) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; a fragment asks the whole page to go there."""
    if not request.headers.get("HX-Request"):
        return redirect_to_login(request.get_full_path())
    page = request.headers.get("HX-Current-URL", "")
    back = page if page.startswith(f"{request.scheme}://{request.get_host()}/") else "/"
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = redirect_to_login(back).url
    return answer
