"""My households, one tap at each door, and what was said there."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.rules import may
from redhouse.ground.ledger.models import Fact
from redhouse.ground.papers.queries import latest_version
from redhouse.ground.people.models import Household, Person
from redhouse.ground.places.queries import names_of
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.files import stored
from redhouse.web.request import PersonRequest
from redhouse.web.telling import attempt
from redhouse.work.visits import actions, rules
from redhouse.work.visits.enums import Topic, VisitMode
from redhouse.work.visits.forms import CareForm, DetailsForm, EarlierForm
from redhouse.work.visits.models import CareMark, Visit, VisitPhoto
from redhouse.work.visits.queries.history import calls_at, cares_of, checklists_at, keepers_of
from redhouse.work.visits.queries.homes import (
    homes_found,
    homes_of,
    household_for,
    mark_for,
    photo_for,
    states_of,
    visit_for,
)
from redhouse.work.visits.queries.problems import problems_at
from redhouse.work.visits.views.common import member

own = needs(None, household_for)
one = needs(None, visit_for)


@member
@require_safe
def mine(request: HttpRequest, person: Person) -> HttpResponse:
    """The caseload, overdue first."""
    homes = homes_of(person, today())
    late = [home for home in homes if home.state == "late"]
    month = [home for home in homes if home.is_this_month and home.state != "done"]
    show = request.GET.get("show", "all")
    places = names_of({home.division_code for home in homes}, today())
    context = {
        "homes": {"late": late, "month": month}.get(show, homes),
        "late": len(late),
        "month": len(month),
        "all": len(homes),
        "show": show,
        "places": "、".join(places[code] for code in sorted({home.division_code for home in homes}) if code in places),
        "may_find": bool(reach_of(person, Verb.RECORD_VISITS, today())),
    }
    return render(request, "visits/mine.html", context)


@member
@require_safe
def find(request: HttpRequest, person: Person) -> HttpResponse:
    """Households at which a post lets one call: by door, name or initials."""
    text = request.GET.get("q", "").strip()[:40]
    homes = states_of(homes_found(person, text, today()), person, today(), {}) if text else []
    return render(request, "visits/find.html", {"homes": homes, "q": text})


@own
@require_http_methods(["GET", "HEAD", "POST"])
def household(request: PersonRequest, home: Household) -> HttpResponse:
    """One household: what is known, what was said, who keeps contact; a visit of another day can be keyed in."""
    person, day = request.person, today()
    keepers = keepers_of(home)
    members = {keeper.member_id: keeper.name for keeper in keepers if keeper.until_on is None}
    by_post = may(person, Verb.RECORD_VISITS, home.division_code, day)
    choices = list(members.items()) if by_post else []
    if person.pk not in members or not by_post:
        choices = [(person.pk, person.name), *choices]
    form = EarlierForm(request.POST or None, members=choices, initial={"happened_on": day, "member": person.pk})
    if request.method == "POST":

        def act() -> str:
            said = form.cleaned_data
            actions.record_visit(
                household=home,
                member=person
                if said["member"] == person.pk
                else Person(pk=said["member"], name=members[said["member"]]),
                happened_on=said["happened_on"],
                mode=VisitMode(said["mode"]),
                by=person,
                on=day,
            )
            return _("已记下。")

        attempt(request, form, act)
        return redirect("visits:household", home.pk)
    context = {
        "home": home,
        "place": names_of([home.division_code], day),
        "calls": calls_at(home),
        "keepers": keepers,
        "cares": cares_of(home, day),
        "problems": problems_at(home),
        "care_form": CareForm(),
        "form": form,
        "today": day,
    }
    return render(request, "visits/household.html", context)


@own
@require_POST
def record(request: PersonRequest, home: Household) -> HttpResponse:
    """One tap: I was here today. A second tap leads to the visit that is there."""
    person, day = request.person, today()
    known = next(
        (call.fact for call in calls_at(home, 5) if (call.fact.actor_id, call.fact.happened_on) == (person.pk, day)),
        None,
    )
    if known is not None:
        return redirect("visits:visit", home.pk, known.fact_id)
    numbers: list[int] = []

    def act() -> str:
        mode = VisitMode.HOUSEHOLD
        numbers.append(
            actions.record_visit(household=home, member=person, happened_on=day, mode=mode, by=person, on=day)
        )
        return _("已记：今天走访。下面的都可以不填。")

    if attempt(request, None, act):
        return redirect("visits:visit", home.pk, numbers[0])
    return redirect("visits:mine")


@one
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: PersonRequest, found: tuple[Household, Fact]) -> HttpResponse:
    """The sheet of one visit: topics, list, needs, photographs, follow-up; all of it optional."""
    home, fact = found
    person, day = request.person, today()
    row = Visit.objects.filter(fact=fact).select_related("checklist").first()
    lists = checklists_at(home.division_code, day)
    wanted = request.POST.get("checklist") or request.GET.get("checklist") or ""
    checklist = next((each for each in lists if str(each.pk) == wanted), row.checklist if row else None)
    form = DetailsForm(request.POST or None, request.FILES or None, checklist=checklist, row=row)
    if request.method == "POST":

        def act() -> str:
            actions.describe_visit(
                visit=fact, details=form.details, photos=form.cleaned_data["photos"], by=person, on=day
            )
            return _("已保存。")

        if attempt(request, form, act):
            return redirect(
                "visits:mine" if fact.actor_id == person.pk else "visits:household",
                *(() if fact.actor_id == person.pk else (home.pk,)),
            )
    before = next((call for call in calls_at(home, 5) if call.fact.fact_id != fact.fact_id and call.visit), None)
    context = {
        "home": home,
        "fact": fact,
        "form": form,
        "topics": Topic.choices,
        "chosen": form["topics"].value() or [],
        "lists": lists,
        "checklist": checklist,
        "unmet": {str(number) for number in (form["unmet"].value() or [])} if checklist else set(),
        "before": before,
        "cares": cares_of(home, day),
        "photos": row.photos.order_by("pk") if row else (),
        "may_write": rules.may_record_visit(person, home, Person(pk=fact.actor_id), on=day),
        "today": day,
    }
    return render(request, "visits/visit.html", context, status=422 if request.method == "POST" else 200)


@one
@require_POST
def void(request: PersonRequest, found: tuple[Household, Fact]) -> HttpResponse:
    home, fact = found

    def act() -> str:
        actions.void_visit(fact_id=fact.fact_id, by=request.person, on=today())
        return _("已撤销这次走访；记录里留有撤销。")

    attempt(request, None, act)
    return redirect("visits:household", home.pk)


@own
@require_POST
def care(request: PersonRequest, home: Household) -> HttpResponse:
    form = CareForm(request.POST)

    def act() -> str:
        said = form.cleaned_data
        actions.mark_care(household=home, kind=said["kind"], until_on=said["until_on"], by=request.person, on=today())
        return _("已标记，到期自动结束。")

    attempt(request, form, act)
    return redirect("visits:household", home.pk)


@needs(None, mark_for)
@require_POST
def end_care(request: PersonRequest, mark: CareMark) -> HttpResponse:
    def act() -> str:
        actions.end_care(mark=mark, by=request.person, on=today())
        return _("标记已结束。")

    attempt(request, None, act)
    return redirect("visits:household", mark.household_id)


@needs(None, photo_for)
@require_safe
def photo(request: HttpRequest, found: VisitPhoto) -> FileResponse:
    """A photograph."""
    answer = stored(latest_version(found.paper))
    answer["Cache-Control"] = "private, max-age=3600"
    return answer
