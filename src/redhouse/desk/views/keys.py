"""Keys by which systems of others file and follow events: issued, shown once, revoked."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from redhouse.desk.forms import KeyForm
from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import posts_of
from redhouse.ground.access.rules import may
from redhouse.ground.clients import actions
from redhouse.ground.clients.models import Token
from redhouse.ground.clients.queries import token_for, tokens_for
from redhouse.ground.clients.rules import may_keep_tokens, may_revoke_token
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.web.access import needs, oneself
from redhouse.web.request import PersonRequest

WHO = gettext_lazy("只有当地的系统管理员可以管接口密钥。")
DAYS = 180  # until a key ends, unless something else is chosen


def _token(person: Person, token_id: int) -> Token | None:
    return token_for(person, token_id, today())


@needs(may_keep_tokens, oneself, who=WHO)
@require_safe
def keys(request: HttpRequest, person: Person) -> HttpResponse:
    """The keys of my place: for whom, what they open, until when, how often used."""
    return _page(request, person, KeyForm(initial={"until_on": today() + timedelta(days=DAYS)}))


@needs(may_keep_tokens, oneself, who=WHO)
@require_POST
@never_cache
def issue(request: HttpRequest, person: Person) -> HttpResponse:
    """A new key; this answer is the only place where it can be read."""
    form, on = KeyForm(request.POST), today()
    if not form.is_valid():
        return _page(request, person, form, status=422)
    place = next(
        post.body.division_code
        for post in posts_of(person, on)
        if may(person, Verb.KEEP_ACCOUNTS, post.body.division_code, on)
    )
    try:
        token, secret = actions.issue_token(**form.cleaned_data, division_code=place, by=person, on=on)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _page(request, person, form, status=422)
    return render(request, "desk/keys/issued.html", {"token": token, "secret": secret})


@needs(may_revoke_token, _token, who=WHO)
@require_POST
def revoke(request: PersonRequest, token: Token) -> HttpResponse:
    try:
        actions.revoke_token(token=token, by=request.person, on=today())
        messages.success(request, _("已停用，这个系统从现在起不能再用它。"))
    except NotYet as error:
        messages.error(request, "；".join(error.missing))
    return redirect("desk:keys:list")


def _page(request: HttpRequest, person: Person, form: KeyForm, *, status: int = 200) -> HttpResponse:
    context = {"tokens": tokens_for(person, today()), "form": form, "today": today()}
    return render(request, "desk/keys/list.html", context, status=status)
