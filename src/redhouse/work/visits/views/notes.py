"""My notes, and nobody else's."""

from uuid import uuid4

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from redhouse.ground.access.reach import everything
from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.web.telling import attempt
from redhouse.work.visits import actions
from redhouse.work.visits.forms import FieldNoteForm
from redhouse.work.visits.models import Note
from redhouse.work.visits.queries.notes import NOTES_A_PAGE, note_for, notes_for
from redhouse.work.visits.views.common import member


@member
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, person: Person) -> HttpResponse:
    """The newest first, and a line for another one."""
    form = FieldNoteForm(request.POST or None)
    if request.method == "POST":

        def act() -> str:
            on = today()
            actions.keep_note(text=form.cleaned_data["text"], key=uuid4(), noted_on=on, by=person, on=on)
            return _("已记下，只有您看得到。")

        attempt(request, form, act)
        return redirect("visits:notes")
    with everything():  # the doors of the households that one wrote about
        page = Paginator(notes_for(person), NOTES_A_PAGE).get_page(request.GET.get("page"))
        notes = list(page)
    return render(request, "visits/notes.html", {"form": form, "page": page, "notes": notes})


@needs(None, note_for)
@require_POST
def strike(request: PersonRequest, note: Note) -> HttpResponse:
    def act() -> str:
        actions.strike_note(note=note, by=request.person, on=today())
        return _("已删去。")

    attempt(request, None, act)
    return redirect("visits:notes")
