"""Inspections: forms and their approval, rounds, one site, the register of hazards; and the sheet with the code."""

from datetime import date
from typing import Any
from uuid import uuid4

import segno
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.reach import everything
from redhouse.ground.people.models import Person
from redhouse.ground.places.queries import villages, within
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.web.telling import REFUSALS, words_of
from redhouse.work.gridwork import actions, rules
from redhouse.work.gridwork.forms import ChecklistForm, InspectForm, PhotoForm, RoundForm, SiteForm
from redhouse.work.gridwork.models import Hazard, InspectionForm, Round, Site
from redhouse.work.gridwork.queries import inspections as queries
from redhouse.work.gridwork.views.common import done, keeper, seer

A_PAGE = 40
own_round = needs(None, queries.round_for)
LEADERS = gettext_lazy("由镇领导批准，不能批准自己拟的。")


@seer
@require_safe
def index(request: HttpRequest, person: Person) -> HttpResponse:
    """Rounds with how far they are, forms, and how many hazards are open."""
    on, may_keep = today(), rules.may_keep_types(person, on=today())
    forms = list(queries.forms_for(person, on))
    context = {
        "rounds": queries.rounds_for(person, on),
        "forms": forms,
        "open_hazards": queries.hazards_for(person, on).filter(removed_on__isnull=True).count(),
        "may_keep": may_keep,
        "plan_form": _plan_form(person, forms, None, on) if may_keep else None,
        "today": on,
    }
    return render(request, "gridwork/inspections.html", context)


def _plan_form(person: Person, forms: list[InspectionForm], data: Any, on: date) -> RoundForm:
    near = within(reach_of(person, Verb.SEE_CASES, on), "code")
    places = [(village.code, village.name) for village in villages(on).filter(near)]
    return RoundForm(data, choices=[(form.pk, form.title) for form in forms if form.approved_on], places=places)


@keeper
@require_POST
def plan(request: HttpRequest, person: Person) -> HttpResponse:
    on = today()
    form = _plan_form(person, list(queries.forms_for(person, on)), request.POST, on)

    def act() -> str:
        said = form.cleaned_data
        chosen = InspectionForm.objects.get(pk=said["form"])
        actions.plan_round(form=chosen, division_code=said["division_code"], due_on=said["due_on"], by=person, on=on)
        return _("已安排。")

    return done(request, form, act, "gridwork:inspections")


@keeper
@require_http_methods(["GET", "HEAD", "POST"])
def new_form(request: HttpRequest, person: Person) -> HttpResponse:
    """Draft a form: the page says for every item whether the house holds it already."""
    form = ChecklistForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.draft_form(
                items=form.items,
                by=person,
                on=today(),
                **{name: said[name] for name in ("topic", "title", "site_kind", "minutes", "reason")},
            )
            return redirect("gridwork:form", made.pk)
        except REFUSALS as error:
            form.add_error(None, "；".join(words_of(error)))
    return render(request, "gridwork/form_new.html", {"form": form}, status=422 if request.method == "POST" else 200)


@needs(None, queries.form_for)
@require_safe
def form(request: PersonRequest, found: InspectionForm) -> HttpResponse:
    asked, held = queries.held(found)
    may = found.approved_on is None and rules.may_approve_form(request.person, found, on=today())
    with everything():  # who acts in office is nobody's secret
        people = Person.objects.in_bulk([key for key in (found.author_id, found.approver_id) if key])
    context: dict[str, Any] = {"author": people.get(found.author_id), "approver": people.get(found.approver_id or 0)}
    context |= {"form": found, "items": found.items.all(), "asked": asked, "held": held, "may_approve": may}
    return render(request, "gridwork/form.html", context)


@needs(rules.may_approve_form, queries.form_for, who=LEADERS)
@require_POST
def approve(request: PersonRequest, found: InspectionForm) -> HttpResponse:
    def act() -> str:
        actions.approve_form(form=found, by=request.person, on=today())
        return _("已批准，可以安排巡查。")

    return done(request, None, act, "gridwork:form", found.pk)


@own_round
@require_safe
def round_(request: PersonRequest, found: Round) -> HttpResponse:
    """The sites of a round, those not yet looked at first."""
    person, on = request.person, today()
    doors = queries.doors_of(found, person, on)
    context = {
        "round": found,
        "doors": doors,
        "looked": sum(door.last is not None for door in doors),
        "site_form": SiteForm(),
        "today": on,
    }
    return render(request, "gridwork/round.html", context)


@own_round
@require_POST
def add_site(request: PersonRequest, found: Round) -> HttpResponse:
    """A site that nobody has registered yet, in the village of the round."""
    form = SiteForm(request.POST)

    def act() -> str:
        actions.register_site(division_code=found.division_code, by=request.person, on=today(), **form.cleaned_data)
        return _("场所已登记。")

    return done(request, form, act, "gridwork:round", found.pk)


@needs(None, queries.site_for)
@require_http_methods(["GET", "HEAD", "POST"])
def site(request: PersonRequest, found: tuple[Round, Site]) -> HttpResponse:
    """Look at one site: tick, photograph what is not well, say when one comes again."""
    round_, place = found
    person, on = request.person, today()
    last = place.inspections.filter(round=round_).order_by("-pk").first()
    initial = {"key": uuid4()}
    form = InspectForm(
        request.POST or None, request.FILES or None, items=list(round_.form.items.all()), on=on, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.inspect(round=round_, site=place, follows=last, by=person, on=on, **form.said())
            return redirect("gridwork:round", round_.pk)
        except REFUSALS as error:
            form.add_error(None, "；".join(words_of(error)))
    context = {"round": round_, "site": place, "form": form, "last": last}
    return render(request, "gridwork/inspect.html", context, status=422 if request.method == "POST" else 200)


@seer
@require_safe
def hazards(request: HttpRequest, person: Person) -> HttpResponse:
    """The register: what is open, since when, until when; before and after."""
    page = Paginator(queries.hazards_for(person, today()), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "gridwork/hazards.html", {"page": page, "today": today(), "form": PhotoForm()})


@needs(None, queries.hazard_for)
@require_POST
def remove(request: PersonRequest, hazard: Hazard) -> HttpResponse:
    form = PhotoForm(request.POST, request.FILES)

    def act() -> str:
        photo = form.cleaned_data["photo"].read()
        actions.remove_hazard(hazard=hazard, photo=photo, by=request.person, on=today())
        return _("已销号。")

    return done(request, form, act, "gridwork:hazards")


@seer
@require_safe
def poster(request: HttpRequest, person: Person) -> HttpResponse:
    """A sheet for the wall: the code that opens the report of this village."""
    code = request.resolver_match.kwargs["code"]  # type: ignore[union-attr]
    near = within(reach_of(person, Verb.SEE_CASES, today()), "code")
    village = villages(today()).filter(near, code=code).first()
    if village is None:
        raise Http404
    address = request.build_absolute_uri(f"{reverse('open-grid:report')}?at={code}")
    picture = segno.make(address, error="m", micro=False).svg_inline(border=2, scale=8, svgclass="qr", lineclass=None)
    context = {"village": village, "address": address, "qr": mark_safe(picture)}  # drawn here from an address
    return render(request, "gridwork/poster.html", context)
