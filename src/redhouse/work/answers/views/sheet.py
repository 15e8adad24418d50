"""The answer sheet as a page: prose in the order of the article, every figure open."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.models import Fact
from redhouse.ground.places.models import Space
from redhouse.kit.divisions import Level, level, town_of
from redhouse.kit.errors import HouseError
from redhouse.web.access import needs
from redhouse.web.keeping import kept_text
from redhouse.web.request import PersonRequest
from redhouse.work.answers import queries
from redhouse.work.answers.enums import POWER_MATTERS, Power
from redhouse.work.answers.queries import Answer, Asked, Row
from redhouse.work.answers.rules import may_see_answers
from redhouse.work.answers.views.approval import bar
from redhouse.work.answers.views.asking import Question, cannot_answer, question
from redhouse.work.answers.views.heat import heat
from redhouse.work.answers.views.links import Links, cuts, figure_url
from redhouse.work.answers.views.pictures import dots, tiles, tree

WHO = _("书记、委员、主任、监督委员、镇领导、驻点领导和组织办干部可以看答卷；任职由镇组织办登记。")


@needs(may_see_answers, queries.own_sheet, who=WHO)
@require_safe
def own(request: PersonRequest, asked: Asked) -> HttpResponse:
    """The widest sheet that this person may see."""
    return show(request, asked)


@needs(may_see_answers, queries.sheet_for)
@require_safe
def of_division(request: PersonRequest, asked: Asked) -> HttpResponse:
    """The sheet of one division."""
    return show(request, asked)


def show(request: PersonRequest, asked: Asked, evidence: dict[str, Any] | None = None) -> HttpResponse:
    """The whole page; with `evidence` the drawer of that figure stands open."""
    code = str(asked.code)
    try:
        wanted = question(request, code)
        text = _text(wanted) if evidence is None else _written(wanted, str(asked.figure and asked.figure.id))
    except HouseError as error:
        return cannot_answer(request, error, code)
    context = _head(wanted) | {"text": text, "count": len(queries.load_figures())}
    context["above"] = None if context["is_town"] else _above(request, wanted)
    context["bar"] = bar(request, code, wanted.as_of)
    return render(request, "answers/sheet.html", context | (evidence or {}))


def _text(asked: Question) -> SafeString:
    """The text of the sheet is the same for all who may see it and stays true at its cuts."""
    return kept_text(f"sheet:{asked.code}:{asked.as_of}:{asked.last_fact_id}", lambda: _written(asked))


def _written(asked: Question, opened: str = "") -> SafeString:
    return render_to_string("answers/_text.html", sheet_context(asked, opened))


def _head(asked: Question) -> dict[str, Any]:
    return {
        "asked": asked,
        "place": asked.division.name,
        "short_name": asked.division.name.removesuffix("镇").removesuffix("街道"),
        "is_town": level(asked.code) <= Level.TOWN,
        "cuts": cuts(asked.as_of, asked.last_fact_id),
    }


def sheet_context(asked: Question, opened: str = "") -> dict[str, Any]:
    """All that the text says; `opened` is the figure whose drawer stands open."""
    answers = queries.answer_sheet(asked.code, asked.as_of, asked.last_fact_id)
    by_id = {answer.figure.id: answer for answer in answers}
    fig = Links(answers, opened)
    context = _head(asked) | {
        "fig": fig,
        # asked for where they are printed, so that notes are numbered as the sheet is read
        "stages": lambda: _parts(fig, by_id["F25"]),
        "by_power": lambda: _parts(fig, by_id["F24"]),
        "five": [(brief, figure_url(by_id[brief.figure_id])) for brief in queries.five_of(by_id)],
        "answers": [(answer, figure_url(answer)) for answer in answers],
        "opened": opened,
        "by_id": by_id,
        "dots": dots(by_id["F13"]),
    }
    if context["is_town"]:
        rates, centres = queries.all_by_village([by_id["F04"], by_id["F07"]])
        visits = queries.visits_by_month(asked.code, asked.as_of, asked.last_fact_id)
        spaces, adopted, goals, named = queries.plain_rows(by_id["F09"], by_id["F19"], by_id["F18"], by_id["F15"])
        context |= {
            "heat": heat(visits, by_id["F04"], rates),
            "tiles": tiles(centres),
            "rooms": rooms(spaces),
            "powers": powers(adopted),
            "red_houses": queries.rows_behind(by_id["F11"]).rows,
            "heritage": _heritage(by_id["F21"]),
            "goals_on": min((row.happened_on for row in goals if row.happened_on), default=None),
            **_demonstration(by_id["F12"], named),
        }
    return context


def _parts(fig: Links, answer: Answer) -> list[tuple[str, SafeString]]:
    """The parts of a figure that there are, each with its name and its link, in the order of the header."""
    names, of = answer.figure.part_names, fig[answer.figure.id]
    return [(name, of[key]) for key, name in names.items() if answer.parts.get(key)]


def _above(request: PersonRequest, asked: Question) -> str | None:
    """The town's code, where this person may see its sheet too."""
    town = town_of(asked.code)
    person = request.person
    return town if queries.sheet_for(person, town) else None


def rooms(rows: list[Row]) -> list[Space]:
    """The rooms behind F09, in the order they were entered."""
    keys = [key for row in rows if (key := row.subject_id)]
    return list(Space.objects.filter(pk__in=keys).order_by("pk"))


def powers(rows: list[Row]) -> list[dict[str, Any]]:
    """The list of important powers as adopted: number, name, what it is about, whether the article names it."""
    keys = [key for row in rows if (key := row.fact_id)]
    facts = Fact.objects.filter(fact_id__in=keys).order_by("label").values_list("label", "object_id")
    return [
        {
            "number": number,
            "name": Power(label).label if label in Power else label,
            "matter": POWER_MATTERS[Power(label)].label if label in Power else "",
            "is_sourced": sourced == 1,
        }
        for number, (label, sourced) in enumerate(facts, start=1)
    ]


def _heritage(answer: Answer) -> list[str]:
    return [named.subject for named in queries.rows_behind(answer).rows if named.row.kind == "venue"]


def _demonstration(organisations: Answer, named: list[Row]) -> dict[str, Any]:
    """The organisation named as demonstration, and the drawing in which it is flagged."""
    body = Body.objects.filter(pk=named[0].subject_id or 0).first() if named else None
    return {"demonstration": body, "tree": tree(organisations, body.sector if body else "")}
