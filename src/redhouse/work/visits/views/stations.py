"""Stationed contact: the teams, and the desk of one team."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from redhouse.ground.access.reach import everything
from redhouse.ground.bodies.models import Body
from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.web.telling import attempt
from redhouse.work.visits import actions, rules
from redhouse.work.visits.forms import DayLogForm, MentorshipForm, NoteForm, StationDayForm
from redhouse.work.visits.models import Mentorship, StationDay
from redhouse.work.visits.queries.history import checklists_at
from redhouse.work.visits.queries.stations import (
    logs_of,
    mentorship_for,
    mentorships_of,
    next_on,
    people_of,
    secretaries_of,
    stations_for,
    team_for,
)
from redhouse.work.visits.views.common import member

own = needs(None, team_for)
one = needs(None, mentorship_for)


@member
@require_safe
def index(request: HttpRequest, person: Person) -> HttpResponse:
    return render(request, "visits/stations.html", {"stations": stations_for(person, today()), "today": today()})


@own
@require_safe
def team(request: PersonRequest, found: Body) -> HttpResponse:
    """Who, which day, where; the log; mentorship; the lists to go by."""
    person, on = request.person, today()
    day = StationDay.objects.as_of(on).filter(team=found).first()
    may_fix = rules.may_fix_station(person, found, on=on)
    context = {
        "team": found,
        "people": people_of(found, on),
        "day": day,
        "next_on": next_on(day, on) if day else None,
        "logs": logs_of(found),
        "mentorships": mentorships_of(found),
        "checklists": checklists_at(found.division_code, on),
        "may_fix": may_fix,
        "may_work": rules.may_work_in_team(person, found, on=on),
        "day_form": StationDayForm(initial={"place": day.place if day else ""}),
        "log_form": DayLogForm(initial={"logged_on": on}),
        "mentorship_form": MentorshipForm(mentees=secretaries_of(found, on)) if may_fix else None,
        "note_form": NoteForm(),
        "today": on,
    }
    return render(request, "visits/team.html", context)


@own
@require_POST
def fix_day(request: PersonRequest, found: Body) -> HttpResponse:
    form = StationDayForm(request.POST)

    def act() -> str:
        actions.fix_station_day(team=found, **form.cleaned_data, by=request.person, on=today())
        return _("驻点日已定。")

    attempt(request, form, act)
    return redirect("visits:team", found.pk)


@own
@require_POST
def log(request: PersonRequest, found: Body) -> HttpResponse:
    form = DayLogForm(request.POST)

    def act() -> str:
        actions.write_day_log(team=found, **form.cleaned_data, by=request.person, on=today())
        return _("日志已写。")

    attempt(request, form, act)
    return redirect("visits:team", found.pk)


@own
@require_POST
def mentor(request: PersonRequest, found: Body) -> HttpResponse:
    form = MentorshipForm(request.POST, mentees=secretaries_of(found, today()))

    def act() -> str:
        said = form.cleaned_data
        with everything():
            mentee = Person.objects.get(pk=said["mentee"]) if said["mentee"] else None
        actions.begin_mentorship(team=found, mentee=mentee, goals=said["goals"], by=request.person, on=today())
        return _("帮带已开始。")

    attempt(request, form, act)
    return redirect("visits:team", found.pk)


@one
@require_POST
def note(request: PersonRequest, found: Mentorship) -> HttpResponse:
    form = NoteForm(request.POST)

    def act() -> str:
        actions.note_mentorship(mentorship=found, text=form.cleaned_data["text"], by=request.person, on=today())
        return _("已记下。")

    attempt(request, form, act)
    return redirect("visits:team", found.team_id)


@one
@require_POST
def end(request: PersonRequest, found: Mentorship) -> HttpResponse:
    def act() -> str:
        actions.end_mentorship(mentorship=found, by=request.person, on=today())
        return _("帮带已结束，记录都留着。")

    attempt(request, None, act)
    return redirect("visits:team", found.team_id)
