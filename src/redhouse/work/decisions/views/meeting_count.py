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
from redhouse.ground.process.queries.elections import candidates_of, said
from redhouse.ground.process.queries.meetings import meeting_for
from redhouse.ground.process.rules.meetings import may_key, may_look, may_serve
from redhouse.kit.today import now, today
from redhouse.kit.voting.approvals import is_named, normal
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.work.decisions.queries.meeting_page import meeting_page
from redhouse.work.decisions.views.meeting_common import crumb, done, whole
from redhouse.work.decisions.views.meeting_desk import electors_of

WORDS = {"1": Choice.FOR, "2": Choice.AGAINST, "3": Choice.ABSTAIN, "4": Choice.INVALID}
WORDS |= {str(choice.label): choice for choice in Choice}
BESIDE = (Choice.ABSTAIN, Choice.INVALID)  # what a ballot of an election may be, besides the numbers on it
LAST = 8


@needs(may_key, meeting_for, who=gettext_lazy("只有两位录入人录票，各录各的"))
@require_http_methods(["GET", "HEAD", "POST"])
def keying(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """One ballot at a time, or many lines at once: what is printed on it, and 1 赞成 2 反对 3 弃权 4 废票."""
    person, box = request.person, meeting.box
    standing = candidates_of(meeting.roll)
    if request.method == "POST":

        def act() -> str:
            if box.method == Method.HANDS:
                three = [whole(request.POST.get(name, "")) for name in ("for", "against", "abstain")]
                if None in three:
                    raise NotYet([_("赞成、反对、弃权三个数都要填，没有就填0")])
                yes, no, abstain = (number or 0 for number in three)
                counting.count_hands(box=box, for_count=yes, against_count=no, abstain_count=abstain, by=person)
                return _("已记下您清点的人数。")
            picked = normal(request.POST.get("named", "")) if request.POST.get("named") else ""
            rows = [(request.POST.get("number", ""), request.POST.get("choice", "") or picked)]
            if not rows[0][0]:
                read = _election_line if standing else _line
                rows = [read(line) for line in request.POST.get("lines", "").splitlines() if line.strip()]
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
        "last": [(row.number, said(row.choice)) for row in teller.keyings.order_by("-pk")[:LAST]],
        "choices": [(choice.value, choice.label) for choice in BESIDE] if standing else Choice.choices,
        "standing": standing,
        "hands": box.method == Method.HANDS,
        "named": box.method == Method.NAMED,
    }
    return render(request, "decisions/meeting_keying.html", crumb(meeting) | context)


def _line(line: str) -> tuple[str, str]:
    """`0117-KX 1`, or the word itself."""
    number, _blank, word = line.strip().replace("\t", " ").replace("，", " ").rpartition(" ")
    choice = WORDS.get(word.strip())
    return number.strip(), choice.value if choice else ""


def _election_line(line: str) -> tuple[str, str]:
    """`0117-KX 1 3`, `0117-KX 弃权`."""
    number, _blank, rest = line.strip().replace("\t", " ").partition(" ")
    words = {str(choice.label): choice.value for choice in BESIDE}
    return number, words.get(rest.strip(), "") or normal(rest)


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
            choice = request.POST.get("choice", "") or normal(request.POST.get("named", "") or "-")
            if choice not in (*Choice.values, "none") and not is_named(choice):
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
    standing = candidates_of(meeting.roll)
    choices = [(choice.value, choice.label) for choice in BESIDE] if standing else Choice.choices
    context = crumb(meeting) | {"page": page, "choices": choices, "standing": standing}
    return render(request, "decisions/meeting_look.html", context)
