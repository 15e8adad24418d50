"""Templates, exports, uploads: everything about workbooks on one page."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.kit.workbook import write_table, write_template
from redhouse.web.access import needs
from redhouse.web.files import as_workbook
from redhouse.work.registry import queries
from redhouse.work.registry.enums import ImportKind
from redhouse.work.registry.forms import UploadForm
from redhouse.work.registry.queries.exports import exported
from redhouse.work.registry.rules import may_keep_any_registry
from redhouse.work.registry.rules.columns import COMMON, TEMPLATES

WHO = _("书记、副书记和组织办干部可以导入导出本级及下级的登记。")
keeper = needs(may_keep_any_registry, queries.exchange_for, who=WHO)
keeper_of_kind = needs(may_keep_any_registry, queries.kind_for, who=WHO)


@keeper
@require_safe
def exchange(request: HttpRequest, person: Person) -> HttpResponse:
    """What can be taken out, what can be brought in, and what was brought in lately."""
    return page(request, person, UploadForm())


def page(request: HttpRequest, person: Person, form: UploadForm, status: int = 200) -> HttpResponse:
    kinds = [(kind, TEMPLATES[kind].says) for kind in ImportKind]
    context = {"kinds": kinds, "form": form, "imports": queries.imports_of(person)}
    return render(request, "registry/exchange.html", context, status=status)


@keeper_of_kind
@require_safe
def template(request: HttpRequest, asked: tuple[Person, ImportKind]) -> FileResponse:
    """An empty workbook with instructions."""
    made = TEMPLATES[asked[1]]
    instructions = (
        *COMMON,
        *(f"六、{line}" if number == 0 else f"　　{line}" for number, line in enumerate(made.says)),
    )
    labels = ("填写说明", "列", "必填", "含义", "可填的值")
    return as_workbook(
        lambda file: write_template(
            file, name=made.name, headings=made.for_workbook(), instructions=instructions, labels=labels
        ),
        f"{made.name}模板.xlsx",
    )


@keeper_of_kind
@require_safe
def export(request: HttpRequest, asked: tuple[Person, ImportKind]) -> FileResponse:
    """What is registered within this person's reach today, in the columns of the template."""
    person, kind = asked
    made, on = TEMPLATES[kind], today()
    widths = [column.width for column in made.columns]
    return as_workbook(
        lambda file: write_table(
            file, name=made.name, headings=made.headings, widths=widths, rows=exported(kind, person, on)
        ),
        f"{made.name}{on}.xlsx",
    )
