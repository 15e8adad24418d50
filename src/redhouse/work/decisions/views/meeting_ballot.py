"""One's own part in a meeting: sign in, vote, keep the receipt."""

from io import BytesIO

import segno
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from redhouse.ground.process.actions import boxes
from redhouse.ground.process.actions import meetings as acts
from redhouse.ground.process.enums import LIVE_CHOICES, Method, Way
from redhouse.ground.process.models import Meeting
from redhouse.ground.process.queries.meetings import meeting_for
from redhouse.ground.process.rules.meetings import may_attend, may_serve
from redhouse.kit.ballots import new_token
from redhouse.kit.today import now, today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.work.decisions.queries.meeting_page import meeting_page
from redhouse.work.decisions.views.meeting_common import crumb, done

SALT, LIFE = "redhouse.sign-in", 15 * 60  # the code that is shown on the spot holds for a quarter of an hour
elector = needs(may_attend, meeting_for, who=gettext_lazy("您不在这次会议的名册上"))


@elector
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """Sign oneself in: on the spot with the code shown there (`?code=`), else online where the rule allows it."""
    person = request.person
    page = meeting_page(meeting, person, at=now(), on=today())
    code = request.GET.get("code", "") or request.POST.get("code", "")
    onsite = _fits(code, meeting)
    if request.method != "POST":
        context = crumb(meeting) | {"page": page, "code": code, "onsite": onsite, "stale": bool(code) and not onsite}
        return render(request, "decisions/meeting_sign_in.html", context)

    def act() -> str:
        assert page.elector is not None  # `needs` asked
        way = Way.ONSITE if onsite else Way.ONLINE
        acts.sign_in(meeting=meeting, elector=page.elector, way=way, by=person, at=now())
        return _("已签到。")

    return done(request, act, "decisions:my-ballot", meeting.pk)


def _fits(code: str, meeting: Meeting) -> bool:
    try:
        return bool(signing.loads(code, salt=SALT, max_age=LIFE) == meeting.pk)
    except signing.BadSignature:
        return False


@needs(may_serve, meeting_for)
@require_safe
@never_cache
def sign_in_code(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """The square code that the convener shows on the spot; the page asks for a fresh one by itself."""
    address = reverse("decisions:meeting-sign-in", args=[meeting.pk])
    code = signing.dumps(meeting.pk, salt=SALT)
    svg = BytesIO()
    link = f"{request.build_absolute_uri(address)}?code={code}"
    segno.make(link, error="m", micro=False).save(
        svg, kind="svg", border=2, svgclass="qrsvg", xmldecl=False, omitsize=True
    )
    page = meeting_page(meeting, request.person, at=now(), on=today())
    name = "decisions/_meeting_code.html" if request.headers.get("HX-Request") else "decisions/meeting_code.html"
    return render(request, name, crumb(meeting) | {"svg": mark_safe(svg.getvalue().decode()), "page": page})


@elector
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ballot(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """One's own ballot. The token in the form is made for this form and stored nowhere: sent again, the same form gives
    the same receipt."""
    person = request.person
    if request.method == "POST":
        box = getattr(meeting, "box", None)
        token, choice = request.POST.get("token", ""), request.POST.get("choice", "")
        if box is None:
            return done(request, lambda: _("投票还没有开始。"), "decisions:my-ballot", meeting.pk)
        receipts: list[str] = []

        def act() -> str:
            receipts.append(boxes.cast_ballot(box=box, token=token, choice=choice, by=person, at=now()))
            return _("已投票。")

        refused = done(request, act, "decisions:my-ballot", meeting.pk)
        if not receipts:
            return refused
        context = crumb(meeting) | {"receipt": receipts[0], "box": box, "secret": box.method == Method.SECRET}
        return render(request, "decisions/meeting_receipt.html", context)
    page = meeting_page(meeting, person, at=now(), on=today())
    if page.stage in ("coming", "waiting", "voting") and not page.is_signed:
        return redirect("decisions:meeting-sign-in", meeting.pk)
    choices = [(choice.value, choice.label) for choice in LIVE_CHOICES]
    return render(
        request,
        "decisions/meeting_ballot.html",
        crumb(meeting) | {"page": page, "token": new_token(), "choices": choices},
    )
