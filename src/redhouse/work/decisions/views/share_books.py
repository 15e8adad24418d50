"""Shares by workbook: template, dry run, the same workbook back with what is wrong, and the freeze."""

from django.contrib import messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from redhouse.kit.today import today
from redhouse.kit.workbook import WorkbookError, write_back, write_template
from redhouse.web.access import needs
from redhouse.web.files import as_workbook
from redhouse.web.request import PersonRequest
from redhouse.web.telling import REFUSALS, words_of
from redhouse.web.telling import SHOWN as TOLD
from redhouse.web.verbs import Unsound, sentences_of
from redhouse.work.decisions import rules
from redhouse.work.decisions.enums import Basis
from redhouse.work.decisions.forms import ShareBookForm
from redhouse.work.decisions.models import Matter
from redhouse.work.decisions.queries.money import bases_of
from redhouse.work.decisions.queries.money_page import basis_words, unit_word
from redhouse.work.decisions.queries.share_books import Kept, keep, kept_for
from redhouse.work.decisions.rules.share_book import NAME, Book, headings, read_book
from redhouse.work.decisions.verbs.money import freeze_workbook
from redhouse.work.decisions.views.matters import head

SHOWN = 100
SAYS = (
    "填写说明",
    "一、一行填一个人，红色表头必填；列的次序可以变，表头的字不能变。示例行请删除（忘了删也不会读入）。",
    "二、号码按文本填写。别改成数字：18位号码成了数字，末三位就丢了。",
    "三、份额、面积、金额填数字，最多两位小数；不要合并单元格。末行可以写“合计”，系统会核对。",
    "四、按股份分配的，这一天在册的成员一个不能漏，没有股份的填0。",
    "五、上传后先试算，不写入任何内容；有一行不对就不能冻结，原表连同每行的原因可以取回，改好再传。",
)
keepers = needs(freeze_workbook.rule, freeze_workbook.getter, who=freeze_workbook.who)
own = needs(None, kept_for)


@keepers
@require_safe
def template(request: HttpRequest, matter: Matter) -> HttpResponseBase:
    """An empty workbook with instructions."""
    basis = request.resolver_match.kwargs["basis"]  # type: ignore[union-attr]
    if basis not in bases_of(matter):
        raise Http404
    columns, labels = headings(Basis(basis)), ("填写说明", "列", "必填", "含义", "可填的值")
    return as_workbook(
        lambda file: write_template(file, name=NAME, headings=columns, instructions=SAYS, labels=labels),
        f"{NAME}模板.xlsx",
    )


@keepers
@require_POST
def upload(request: PersonRequest, matter: Matter) -> HttpResponse:
    """Take the workbook and go to its dry run; the page can be closed and come back to."""
    form = ShareBookForm(request.POST, request.FILES, bases=basis_words(matter))
    if not form.is_valid():
        for sentence in sentences_of(form):
            messages.error(request, sentence)
        return redirect("decisions:money", matter.pk)
    said = form.cleaned_data
    token = keep(
        said["file"].read(), matter=matter, person=request.person, basis=Basis(said["basis"]), as_of=said["as_of"],
        file_name=said["file"].name,
    )  # fmt: skip
    return redirect("decisions:share-book-run", matter.pk, token)


def _read(request: HttpRequest, kept: Kept) -> Book | None:
    """The dry run, done anew each time, since the registers may have changed; None where the file cannot be used."""
    try:
        return read_book(kept.content, matter=kept.matter, basis=kept.basis, as_of=kept.as_of)
    except WorkbookError as error:
        messages.error(request, error.say(_))
        return None


@own
@require_safe
@never_cache
def show(request: PersonRequest, kept: Kept) -> HttpResponse:
    """What is in it, row by row what is wrong, and nothing written."""
    book = _read(request, kept)
    if book is None:
        return redirect("decisions:money", kept.matter.pk)
    slips = book.told
    context = head(request, kept.matter) | {
        "kept": kept,
        "book": book,
        "unit": unit_word(kept.basis),
        "slips": slips[:SHOWN],
        "more": max(0, len(slips) - SHOWN),
        "changed": [(book.line(row), was) for row, was in list(book.changed.items())[:SHOWN]],
        "notes": [note.say(_) for note in book.sheet.notes],
        "keeps": rules.may_keep_money(request.person, kept.matter, on=today()),
    }
    return render(request, "decisions/share_book.html", context)


@own
@require_safe
@never_cache
def result(request: HttpRequest, kept: Kept) -> HttpResponseBase:
    """The same workbook back, with what became of each row and why."""
    book = _read(request, kept)
    if book is None:
        return redirect("decisions:money", kept.matter.pk)
    good = set(book.rows)

    def told(row: int) -> tuple[str, str, bool]:
        why = "；".join(f"{heading}：{_(sentence) % values}" for heading, sentence, values in book.slips.get(row, ()))
        if why:
            return _("拒绝"), why, True
        if row in book.changed:
            return _("可以冻结"), _("登记的是%(was)s股") % {"was": book.changed[row]}, False
        return (_("可以冻结"), "", False) if row in good else ("", "", False)

    sheet, said = book.sheet, (_("结果"), _("说明"))
    name = _("%(name)s-结果.xlsx") % {"name": kept.file_name.rpartition(".")[0] or kept.file_name}
    return as_workbook(lambda file: write_back(file, sheet, headings=said, result=told), name)


@own
@require_POST
def freeze(request: PersonRequest, kept: Kept) -> HttpResponse:
    """Freeze what the workbook says, read once more."""
    said = {"basis": kept.basis.value, "as_of": kept.as_of.isoformat()}
    book = SimpleUploadedFile(kept.file_name, kept.content)
    try:
        done = freeze_workbook.do(kept.matter, by=request.person, data=said, files={"file": book})
    except (Unsound, *REFUSALS) as refused:
        for sentence in words_of(refused)[:TOLD]:
            messages.error(request, sentence)
        return redirect("decisions:share-book-run", kept.matter.pk, kept.token)
    messages.success(request, done.said)
    return redirect("decisions:money", kept.matter.pk)
