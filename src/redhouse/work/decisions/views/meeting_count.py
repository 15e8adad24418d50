"""Count paper: two people key apart, a third settles what differs."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.process.actions import counting
from redhouse.ground.process.enums import Choice, Method
from redhouse.ground.process.models import Meeting
from redhouse.ground.process.queries.meetings import meeting_for
from redhouse.ground.process.rules.meetings import may_key, may_look, may_serve
from redhouse.kit.today import now, today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.work.decisions.queries.meeting_page import meeting_page
from redhouse.work.decisions.views.meeting_common import crumb, done, whole
from redhouse.work.decisions.views.meeting_desk import electors_of

WORDS = {"1": Choice.FOR, "2": Choice.AGAINST, "3": Choice.ABSTAIN, "4": Choice.INVALID}
WORDS |= {str(choice.label): choice for choice in Choice}
LAST = 8


@needs(may_key, meeting_for, who=gettext_lazy("只有两位录入人录票，各录各的"))
@require_http_methods(["GET", "HEAD", "POST"])
def keying(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """One ballot at a time, or many lines at once: what is printed on it, and 1 赞成 2 反对 3 弃权 4 废票."""
    person, box = request.person, meeting.box
    if request.method == "POST":

        def act() -> str:
            if box.method == Method.HANDS:
                three = [whole(request.POST.get(name, "")) for name in ("for", "against", "abstain")]
                if None in three:
                    raise NotYet([_("赞成、反对、弃权三个数都要填，没有就填0")])
                yes, no, abstain = (number or 0 for number in three)
                counting.count_hands(box=box, for_count=yes, against_count=no, abstain_count=abstain, by=person)
                return _("已记下您清点的人数。")
            rows = [(request.POST.get("number", ""), request.POST.get("choice", ""))]
            if not rows[0][0]:
                rows = [_line(line) for line in request.POST.get("lines", "").splitlines() if line.strip()]
            refused = counting.key_ballots(box=box, rows=rows, by=person)
            for sentence in refused[:10]:
                messages.error(request, sentence)
            return _("已录%(n)s张。") % {"n": len(rows) - len(refused)}

        return done(request, act, "decisions:meeting-keying", meeting.pk)
    teller = box.tellers.get(person=person)
    context = {
        "teller": teller,
        "box": box,
        "count": teller.keyings.count(),
        "last": list(teller.keyings.order_by("-pk")[:LAST]),
        "choices": Choice.choices,
        "hands": box.method == Method.HANDS,
        "named": box.method == Method.NAMED,
    }
    return render(request, "decisions/meeting_keying.html", crumb(meeting) | context)


def _line(line: str) -> tuple[str, str]:
    """`0117-KX 1`, or the word itself."""
    number, _blank, word = line.strip().replace("\t", " ").replace("，", " ").rpartition(" ")
    choice = WORDS.get(word.strip())
    return number.strip(), choice.value if choice else ""


@needs(may_serve, meeting_for)
@require_POST
def teller(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """Appoint who keys the ballots the first or the second time, by the number of the roll or one of the officers."""

    def act() -> str:
        turn, who = whole(request.POST.get("turn", "")) or 0, request.POST.get("who", "")
        officers = {"recorder": meeting.recorder, "scrutineer": meeting.scrutineer, "chair": meeting.chair}
        number = whole(who)
        found = electors_of(meeting, [number]) if number is not None else []
        person = found[0].person if found else officers.get(who)
        if person is None:
            raise NotYet([_("请选录入人，或写册号")])
        counting.appoint_teller(box=meeting.box, turn=turn, person=person, by=request.person, at=now())
        return _("录入人已定。")

    if getattr(meeting, "box", None) is None:
        return redirect("decisions:meeting", meeting.pk)
    return done(request, act, "decisions:meeting", meeting.pk)


@needs(may_look, meeting_for, who=gettext_lazy("由主持人或监票人复核，复核人不能是录入人"))
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """The third look: fetch the ballot, read it with both tellers, say what is on it."""
    if request.method == "POST":

        def act() -> str:
            number = whole(request.POST.get("number", "")) or 0
            choice = request.POST.get("choice", "")
            if choice not in (*Choice.values, "none"):
                raise NotYet([_("请选票面上是什么")])
            counting.look_again(
                box=meeting.box,
                number=number,
                choice="" if choice == "none" else choice,
                by=request.person,
                at=now(),
            )
            return _("第%(n)s号票已复核。") % {"n": f"{number:04d}"}

        return done(request, act, "decisions:meeting-look", meeting.pk)
    page = meeting_page(meeting, request.person, at=now(), on=today())
    return render(request, "decisions/meeting_look.html", crumb(meeting) | {"page": page, "choices": Choice.choices})
