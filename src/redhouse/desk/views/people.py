"""A person's masked card, and looking behind one mask with a reason."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from redhouse.desk.forms import LookForm
from redhouse.desk.queries.people import card as card_of
from redhouse.desk.queries.people import masked_fields, person_for
from redhouse.ground.access.actions import look_behind_mask
from redhouse.ground.access.rules import may_look_behind_mask
from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.work.answers.queries import default_as_of

WHO = _("只有本村（社区）或镇的书记、组织干部说明事由后可以查看")


@needs(None, person_for)
@require_safe
@never_cache
def card(request: PersonRequest, person: Person) -> HttpResponse:
    """Who this is, masked."""
    return _show(request, person, LookForm(person=person))


@needs(may_look_behind_mask, person_for, who=WHO)
@require_POST
@never_cache
def look(request: PersonRequest, person: Person) -> HttpResponse:
    """Show one value once, in this answer only, and record who looked at what and why."""
    form = LookForm(request.POST, person=person)
    if not form.is_valid():
        return _show(request, person, form, status=422)
    field, reason = form.wanted
    value = look_behind_mask(
        person=person,
        field=field,
        reason=reason,
        by=request.person,
        on=today(),
    )
    seen = {"field": field.label, "reason": reason.label, "value": value}
    return _show(request, person, LookForm(person=person), seen=seen)


def _show(
    request: PersonRequest, person: Person, form: LookForm, *, seen: dict[str, object] | None = None, status: int = 200
) -> HttpResponse:
    on = today()
    viewer = request.person
    context = {
        "card": card_of(person, default_as_of(on)),
        "fields": masked_fields(person),
        "form": form,
        "seen": seen,
        "is_me": viewer.pk == person.pk,
        "may_look": may_look_behind_mask(viewer, person, on=on),
        "who_may": WHO,
    }
    return render(request, "desk/people/card.html", context, status=status)
