"""What every page here reads from its address: the division as it stood, the day, the cut."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from redhouse.ground.ledger import queries as ledger
from redhouse.ground.places.models import Division
from redhouse.kit.errors import HouseError
from redhouse.kit.today import today
from redhouse.work.answers import queries


@dataclass(frozen=True)
class Question:
    """A division on a day, by what was known at a cut."""

    division: Division
    as_of: date
    last_fact_id: int

    @property
    def code(self) -> str:
        return self.division.code


def question(request: HttpRequest, code: str) -> Question:
    """Raises NoSuchAnswer or BadDay with the sentence that the page shows."""
    on = today()
    text = request.GET.get("as_of", "")
    as_of = queries.parse_day(text, on) if text else queries.default_as_of(on)
    newest = ledger.last_fact_id()
    cut = request.GET.get("cut", "")
    # a cut that the log has not reached would change its answer later
    last_fact_id = min(int(cut), newest) if cut.isascii() and cut.isdigit() and len(cut) < 19 else newest
    return Question(queries.division_at(code, as_of), as_of, last_fact_id)


def cannot_answer(request: HttpRequest, error: HouseError, code: str) -> HttpResponse:
    """The sentence, and a way back."""
    context = {"sentence": error.message, "code": code, "as_of": request.GET.get("as_of", "")}
    return render(request, "answers/unavailable.html", context, status=404)
