"""The desk at the door: key in the sign-in sheet, hand out paper ballots, write down and check proxies, recusals."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.process.actions import boxes, rolls
from redhouse.ground.process.actions import meetings as acts
from redhouse.ground.process.enums import Exclusion
from redhouse.ground.process.models import Elector, Meeting, Proxy
from redhouse.ground.process.queries.meetings import meeting_for
from redhouse.ground.process.rules.meetings import may_serve
from redhouse.kit.today import now, today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.work.decisions.queries.meeting_page import meeting_page
from redhouse.work.decisions.views.meeting_common import answering, crumb, whole

serving = needs(may_serve, meeting_for, who=gettext_lazy("只有会议的主持人、记录人、监票人和召集人可以办理"))
SHOWN = 12


@serving
@require_safe
def desk(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    page = meeting_page(meeting, request.person, at=now(), on=today())
    with everything():
        recent = list(meeting.sign_ins.select_related("elector__person").order_by("-present_at", "-pk")[:SHOWN])
    context = {"page": page, "recent": recent, "kinds": Exclusion.choices}
    return render(request, "decisions/meeting_desk.html", crumb(meeting) | context)


def numbers_in(text: str) -> list[int]:
    """Numbers of the roll as people write them: 3、5, 8-12. What is none is left out; a span holds at most 500."""
    found: list[int] = []
    for word in text.replace("，", " ").replace("、", " ").replace(",", " ").replace("－", "-").split():
        first, _dash, last = word.partition("-")
        begin, end = whole(first), whole(last or first)
        if begin is not None and end is not None and begin <= end < begin + 500:
            found.extend(range(begin, end + 1))
    return found


def electors_of(meeting: Meeting, numbers: list[int]) -> list[Elector]:
    with everything():
        rows = meeting.roll.electors.select_related("person", "roll__run__version", "roll__run__host")
        return list(rows.filter(number__in=numbers).order_by("number"))


@serving
@require_POST
@answering("decisions:meeting-desk")
def sign_in(request: PersonRequest, meeting: Meeting) -> str:
    """Key in the paper sheet."""
    numbers = numbers_in(request.POST.get("numbers", ""))
    signed, unknown = acts.sign_in_numbers(meeting=meeting, numbers=numbers, by=request.person, at=now())
    for number in unknown[:5]:
        messages.error(request, _("名册上没有第%(n)s号") % {"n": number})
    return _("已签到%(n)s人。") % {"n": len(signed)}


@serving
@require_POST
@answering("decisions:meeting-desk")
def hand_out(request: PersonRequest, meeting: Meeting) -> str:
    """Write down to whom paper ballots were given. Which ballot it was, nobody writes down."""
    if getattr(meeting, "box", None) is None:
        raise NotYet([_("投票还没有开始，先不发票")])
    electors = electors_of(meeting, numbers_in(request.POST.get("numbers", "")))
    refused = boxes.hand_out_papers(box=meeting.box, electors=electors, by=request.person, at=now())
    for why in refused[:10]:
        messages.error(request, str(why))
    return _("已发出%(n)s张纸质选票。") % {"n": len(electors) - len(refused)}


@serving
@require_POST
@answering("decisions:meeting-desk")
def proxy(request: PersonRequest, meeting: Meeting) -> str:
    """Write down a written proxy: who gives it, who holds it, by numbers of the roll."""
    wanted = [whole(request.POST.get(name, "")) or 0 for name in ("principal", "holder")]
    found = {elector.number: elector for elector in electors_of(meeting, wanted)}
    if len(found) < 2:
        raise NotYet([_("请写委托人和受托人的册号，两个不同的号")])
    rolls.record_proxy(principal=found[wanted[0]], holder=found[wanted[1]], by=request.person, on=today())
    return _("委托已登记，等另一人核对。")


@serving
@require_POST
@answering("decisions:meeting-desk")
def check_proxy(request: PersonRequest, meeting: Meeting) -> str:
    with everything():
        row = Proxy.objects.filter(principal__roll=meeting.roll, pk=whole(request.POST.get("proxy", "")) or 0).first()
    if row is None:
        raise NotYet([_("没有这份委托")])
    acts.check_proxy(proxy=row, by=request.person, at=now())
    return _("已核对。")


@serving
@require_POST
@answering("decisions:meeting-desk")
def recuse(request: PersonRequest, meeting: Meeting) -> str:
    found = electors_of(meeting, [whole(request.POST.get("number", "")) or 0])
    kind = request.POST.get("kind", "")
    if not found or kind not in Exclusion.values:
        raise NotYet([_("请写册号，并选事由")])
    rolls.record_recusal(elector=found[0], kind=kind, by=request.person, on=today())
    return _("回避已登记，应到人数不因此减少。")
