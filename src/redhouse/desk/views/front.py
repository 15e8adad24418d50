"""The front door: sign-in, my to-do, the mode of the page."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import perform_login
from allauth.account.views import LoginView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from redhouse.desk.queries import front as queries
from redhouse.desk.queries.todo import todo_of
from redhouse.kit.today import now, today
from redhouse.web import navigation
from redhouse.web.access import public, signed_in
from redhouse.web.modes import COOKIE, ELDER, YEAR_SECONDS
from redhouse.web.request import AccountRequest


class SignIn(LoginView):
    """allauth's sign-in, with the demo's doors beside it."""

    template_name = "desk/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(demo_accounts=queries.demo_accounts(self.request), **kwargs)


sign_in = public(SignIn.as_view())


@public
@require_POST
def demo_sign_in(request: HttpRequest, account_id: int) -> HttpResponse:
    """Enter a demo account with one tap. Anywhere but in the demo and on this machine the address does not exist."""
    for account in queries.demo_accounts(request):
        if account.pk == account_id:
            back = _next(request, resolve_url(settings.LOGIN_REDIRECT_URL))
            entered: HttpResponse = perform_login(request, account, redirect_url=back)
            return entered
    raise Http404


@signed_in
@require_safe
def home(request: AccountRequest) -> HttpResponse:
    """My to-do, and how my village stands."""
    person = request.person
    moment = timezone.localtime(now())
    context = {
        "now": moment,
        "todo": todo_of(person, moment),
        "answers_url": navigation.way_to("answers:sheet", person),
        "place": queries.my_place(person, today()),
    }
    return render(request, "desk/home.html", context)


@public
@require_POST
def elder_mode(request: HttpRequest) -> HttpResponse:
    """Switch 适老版 on (`mode=elder`) or off, and go back."""
    answer = HttpResponseRedirect(_next(request, "/"))
    if request.POST.get("mode") == ELDER:
        answer.set_cookie(
            COOKIE,
            ELDER,
            max_age=YEAR_SECONDS,
            samesite="Lax",  # no secret: the app of the phone reads it too
            secure=request.is_secure(),
        )
    else:
        answer.delete_cookie(COOKIE, samesite="Lax")
    return answer


def _next(request: HttpRequest, otherwise: str) -> str:
    """The address to go back to, if it is ours."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return otherwise
