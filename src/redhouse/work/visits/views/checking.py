"""Call-backs and checklists."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.people.models import Person
from redhouse.ground.places.models import Division
from redhouse.ground.places.queries import names_of
from redhouse.kit.divisions import CODE_LENGTH, town_of
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.web.telling import attempt
from redhouse.work.visits import actions, rules
from redhouse.work.visits.enums import CallAnswer, Topic
from redhouse.work.visits.forms import AnswerForm, ChecklistForm, SampleForm
from redhouse.work.visits.models import Callback, CallbackSample
from redhouse.work.visits.queries.callbacks import (
    callback_for,
    callbacks_of,
    outcome_of_sample,
    sample_for,
    samples_for,
)
from redhouse.work.visits.queries.history import checklist_versions
from redhouse.work.visits.views.common import member, tabs


@member
@require_http_methods(["GET", "HEAD", "POST"])
def samples(request: HttpRequest, person: Person) -> HttpResponse:
    """Samples drawn, what came of them, and a form to draw one."""
    day = today()
    codes = [code.ljust(CODE_LENGTH, "0") for code in reach_of(person, Verb.KEEP_REGISTRY, day)]
    places = list(Division.objects.as_of(day).filter(code__in=codes).values_list("code", "name"))
    form = SampleForm(request.POST or None, divisions=places, initial={"from_on": day.replace(day=1), "last_on": day})
    if request.method == "POST":

        def act() -> str:
            said = form.cleaned_data
            row = actions.draw_sample(
                division_code=said["division"],
                from_on=said["from_on"],
                last_on=said["last_on"],
                size=said["size"],
                by=person,
                on=day,
            )
            return _("已从%(visits)s次走访里随机抽出%(size)s次。") % {"visits": row.visits, "size": row.size}

        attempt(request, form, act)
        return redirect("visits:samples")
    found = samples_for(person, day)
    names = names_of({sample.division_code for sample, _said in found}, day)
    rows = [(sample, said, names.get(sample.division_code, "")) for sample, said in found]
    return render(request, "visits/samples.html", {"rows": rows, "form": form if places else None} | tabs(person))


@needs(None, sample_for)
@require_safe
def sample(request: PersonRequest, found: CallbackSample) -> HttpResponse:
    """One sample: whom to ask, and the figure with its interval."""
    rows = list(callbacks_of(found))
    context = {
        "sample": found,
        "rows": [(row, rules.may_answer_callback(request.person, row, on=today())) for row in rows],
        "outcome": outcome_of_sample(found),
        "answers": CallAnswer.choices,
        "place": names_of([found.division_code], today()).get(found.division_code, ""),
    }
    return render(request, "visits/sample.html", context)


@needs(None, callback_for)
@require_POST
def answer(request: PersonRequest, found: Callback) -> HttpResponse:
    form = AnswerForm(request.POST)

    def act() -> str:
        said = CallAnswer(form.cleaned_data["answer"])
        actions.answer_callback(callback=found, answer=said, by=request.person, on=today())
        return _("已记下回答。")

    attempt(request, form, act)
    return redirect("visits:sample", found.sample_id)


@member
@require_safe
def checklists(request: HttpRequest, person: Person) -> HttpResponse:
    """The lists of the town by theme, the version in force first."""
    town = town_of(person.division_code)
    versions = checklist_versions(town)
    themes = [(topic, [row for row in versions if row.topic == topic]) for topic in Topic]
    may_edit = rules.may_edit_checklist(person, town, on=today())
    return render(request, "visits/checklists.html", {"themes": themes, "may_edit": may_edit} | tabs(person))


@member
@require_http_methods(["GET", "HEAD", "POST"])
def checklist(request: HttpRequest, person: Person) -> HttpResponse:
    """One theme: its versions, and for the town office the next one."""
    topic, town = request.resolver_match.kwargs["topic"], town_of(person.division_code)  # type: ignore[union-attr]
    if topic not in Topic.values:
        raise Http404
    versions = [row for row in checklist_versions(town) if row.topic == topic]
    may_edit = rules.may_edit_checklist(person, town, on=today())
    form = ChecklistForm(request.POST or None, initial={"items": "\n".join(versions[0].items) if versions else ""})
    if request.method == "POST":

        def act() -> str:
            row = actions.edit_checklist(
                division_code=town,
                topic=Topic(topic),
                items=form.cleaned_data["items"].splitlines(),
                by=person,
                on=today(),
            )
            return _("第%(n)s版清单今天起用；以前的走访仍照当时的版本看。") % {"n": row.version_no}

        if attempt(request, form, act):
            return redirect("visits:checklist", topic)
    context = {"theme": Topic(topic).label, "versions": versions, "form": form if may_edit else None}
    return render(request, "visits/checklist.html", context, status=422 if request.method == "POST" else 200)
