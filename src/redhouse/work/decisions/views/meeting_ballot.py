"""One's own part in a meeting: sign in, vote, keep the receipt."""

from io import BytesIO

import segno
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from redhouse.ground.process.enums import LIVE_CHOICES, Method
from redhouse.ground.process.models import Meeting
from redhouse.ground.process.queries.meetings import meeting_for
from redhouse.kit.ballots import new_token
from redhouse.kit.today import now, today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.web.telling import do
from redhouse.work.decisions.queries.meeting_page import meeting_page
from redhouse.work.decisions.verbs import meetings as verbs
from redhouse.work.decisions.views.meeting_common import crumb

elector = needs(getter=meeting_for, **verbs.ATTENDING)


@elector
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """Sign oneself in: on the spot with the code shown there (`?code=`), else online where the rule allows it."""
    if request.method == "POST":
        do(request, verbs.sign_in, meeting)
        return redirect("decisions:my-ballot", meeting.pk)
    page = meeting_page(meeting, request.person, at=now(), on=today())
    code = request.GET.get("code", "")
    onsite = verbs.code_fits(code, meeting)
    context = crumb(meeting) | {"page": page, "code": code, "onsite": onsite, "stale": bool(code) and not onsite}
    return render(request, "decisions/meeting_sign_in.html", context)


@needs(getter=meeting_for, **verbs.SERVING)
@require_safe
@never_cache
def sign_in_code(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """The square code that the convener shows on the spot; the page asks for a fresh one by itself."""
    address = reverse("decisions:meeting-sign-in", args=[meeting.pk])
    code = signing.dumps(meeting.pk, salt=verbs.SALT)
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
    if request.method == "POST":
        done = do(request, verbs.cast, meeting)
        if done is None:
            return redirect("decisions:my-ballot", meeting.pk)
        box = meeting.box
        context = {"receipt": done.came["receipt"], "box": box, "secret": box.method == Method.SECRET}
        return render(request, "decisions/meeting_receipt.html", crumb(meeting) | context)
    page = meeting_page(meeting, request.person, at=now(), on=today())
    if page.stage in ("coming", "waiting", "voting") and not page.is_signed:
        return redirect("decisions:meeting-sign-in", meeting.pk)
    choices = [(choice.value, choice.label) for choice in LIVE_CHOICES]
    return render(
        request,
        "decisions/meeting_ballot.html",
        crumb(meeting) | {"page": page, "token": new_token(), "choices": choices},
    )
