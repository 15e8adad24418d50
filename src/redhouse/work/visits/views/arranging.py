"""Every household a member: gaps area by area, households handed over; and what contact amounts to."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from redhouse.ground.people.models import Person
from redhouse.ground.places.models import Division
from redhouse.kit.divisions import Level, level
from redhouse.kit.today import today
from redhouse.web.access import NotYours, needs
from redhouse.web.request import PersonRequest
from redhouse.web.telling import attempt
from redhouse.work.visits import actions, rules
from redhouse.work.visits.forms import HandOverForm, ShareForm
from redhouse.work.visits.queries.figures import division_for, figures, own_division
from redhouse.work.visits.queries.gaps import area_for, areas_for, contacts_in, homes_without, keepers_in
from redhouse.work.visits.views.common import member, tabs

area = needs(None, area_for)
YEAR = timedelta(days=365)


@member
@require_safe
def gaps(request: HttpRequest, person: Person) -> HttpResponse:
    """Places with households, those with gaps first."""
    if not rules.may_assign_any_contact(person, on=today()):
        raise NotYours(_("户联系由本村（社区）或镇的书记、组织干部安排。"))
    areas = areas_for(person, today())
    homes, without = sum(row.homes for row in areas), sum(row.without for row in areas)
    return render(request, "visits/gaps.html", {"areas": areas, "homes": homes, "without": without} | tabs(person))


@area
@require_safe
def place(request: HttpRequest, found: Division) -> HttpResponse:
    """One place: share out what nobody keeps, hand over what somebody does."""
    day = today()
    missing = list(homes_without(found.code, day)[:200])
    context = {
        "division": found,
        "missing": missing,
        "without": homes_without(found.code, day).count() if len(missing) == 200 else len(missing),
        "keepers": keepers_in(found.code, day),
        "contacts": contacts_in(found.code, day)[:300],
    }
    return render(request, "visits/place.html", context)


@area
@require_POST
def share(request: PersonRequest, found: Division) -> HttpResponse:
    people = {keeper.person.pk: keeper.person for keeper in keepers_in(found.code, today())}
    form = ShareForm(request.POST, members=[(pk, row.name) for pk, row in people.items()])

    def act() -> str:
        members = [people[pk] for pk in form.cleaned_data["members"]]
        count = actions.share_out(division_code=found.code, members=members, by=request.person, on=today())
        return _("已安排%(n)s户，今天起生效。") % {"n": count}

    attempt(request, form, act)
    return redirect("visits:place", found.code)


@area
@require_POST
def hand_over(request: PersonRequest, found: Division) -> HttpResponse:
    rows = {row.pk: row for row in contacts_in(found.code, today())}
    people = {keeper.person.pk: keeper.person for keeper in keepers_in(found.code, today())}
    form = HandOverForm(
        request.POST, contacts=[(pk, "") for pk in rows], members=[(pk, row.name) for pk, row in people.items()]
    )

    def act() -> str:
        said = form.cleaned_data
        moved = actions.hand_over(
            contacts=[rows[pk] for pk in said["contacts"]], to=people[said["to"]], by=request.person, on=today()
        )
        return _("已移交%(n)s户，过去的联系和走访都留着。") % {"n": moved}

    attempt(request, form, act)
    return redirect("visits:place", found.code)


@member
@require_safe
def counts(request: HttpRequest, person: Person) -> HttpResponse:
    code = own_division(person, today())
    if code is None:
        raise NotYours(_("联系的统计由村（社区）和镇的干部查看；自己的户在“走访”里。"))
    return redirect("visits:figures", code)


@needs(None, division_for)
@require_safe
def show_figures(request: PersonRequest, found: Division) -> HttpResponse:
    """Coverage, frequency and person-times of a place for a period; a year up to today where none is asked for."""
    last_on = min(_day(request.GET.get("last_on")) or today(), today())
    from_on = _day(request.GET.get("from_on")) or last_on - YEAR + timedelta(days=1)
    arranges = rules.may_draw_sample(request.person, found.code, on=today())
    by_member = arranges and level(found.code) >= Level.VILLAGE
    shown = figures(found, min(from_on, last_on), last_on, by_member=by_member)
    context = {"shown": shown, "by_member": by_member} | tabs(request.person)
    return render(request, "visits/figures.html", context)


def _day(text: str | None) -> date | None:
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None
