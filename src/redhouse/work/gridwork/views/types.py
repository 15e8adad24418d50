"""Types of events, and templates of replies, as the town keeps them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from redhouse.ground.people.models import Person
from redhouse.ground.process.models import CaseType
from redhouse.ground.process.queries import types_of
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.work.gridwork import actions, queries, rules
from redhouse.work.gridwork.definitions import CODE
from redhouse.work.gridwork.forms import TemplateForm, TypeForm
from redhouse.work.gridwork.views.common import KEEPERS, done, keeper, seer

FIELDS = (
    "type_code", "group", "name", "urgency", "limit_value", "limit_unit", "handled_by", "photos_needed", "is_public",
)  # fmt: skip
own_type = needs(rules.may_keep_types, queries.type_for, who=KEEPERS)


@seer
@require_safe
def index(request: HttpRequest, person: Person) -> HttpResponse:
    """The types in force, with limits and who handles; templates beside."""
    context = {
        "types": types_of(CODE, today()),
        "templates": queries.templates_for(person, today()),
        "may_keep": rules.may_keep_types(person, on=today()),
        "template_form": TemplateForm(),
    }
    return render(request, "gridwork/types.html", context)


@keeper
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, person: Person) -> HttpResponse:
    form = TypeForm(request.POST or None)
    if request.method == "POST":

        def act() -> str:
            actions.change_type(by=person, on=today(), **form.cleaned_data)
            return _("已增加。")

        return done(request, form, act, "gridwork:types")
    return render(request, "gridwork/type.html", {"form": form, "type": None})


@own_type
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PersonRequest, kind: CaseType) -> HttpResponse:
    """Put another in its place, or end it: cases that are open keep the one they began with."""
    person = request.person
    form = TypeForm(request.POST or None, initial={name: getattr(kind, name) for name in FIELDS})
    if request.method == "POST":
        if request.POST.get("end"):

            def end() -> str:
                actions.change_type(by=person, on=today(), old=kind, is_ended=True)
                return _("已停用。")

            return done(request, None, end, "gridwork:types")

        def act() -> str:
            row = actions.change_type(by=person, on=today(), old=kind, **form.cleaned_data)
            return _("已改，%(on)s起的新事件按新的时限办。") % {"on": row.from_on}

        return done(request, form, act, "gridwork:types")
    return render(request, "gridwork/type.html", {"form": form, "type": kind})


@keeper
@require_POST
def keep_template(request: HttpRequest, person: Person) -> HttpResponse:
    form = TemplateForm(request.POST)

    def act() -> str:
        actions.keep_template(by=person, on=today(), **form.cleaned_data)
        return _("模板已存。")

    return done(request, form, act, "gridwork:types")
