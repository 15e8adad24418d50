"""Lists from Excel: template, dry run, the same workbook back with reasons, then writing."""

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from redhouse.ground.papers import storage
from redhouse.ground.people.fields import sealer
from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.kit.workbook import WorkbookError, write_back, write_template
from redhouse.web.access import NotYours
from redhouse.web.files import as_workbook
from redhouse.work.visits import actions, rules
from redhouse.work.visits.actions import Read, TooLong
from redhouse.work.visits.enums import BookKind, RowMark
from redhouse.work.visits.forms import BookForm
from redhouse.work.visits.queries.books import SEALED_AS, long_books_of
from redhouse.work.visits.rules.books import BOOKS
from redhouse.work.visits.views.common import member

SHOWN = 100
COMMON = (
    "填写说明",
    "一、一行填一条，红色表头必填；列的次序可以变，表头的字不能变。示例行请删除。",
    "二、不要合并单元格。日期写成2018-12-14。",
    "三、上传后先试算，不写入任何内容；有错的行不写入，原表连同每行的原因可以下载。",
    "四、同一张表可以反复上传：已经有的不会重复。",
)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def books(request: HttpRequest, person: Person) -> HttpResponse:
    """Choose a list, upload it, see what every row would do. Nothing is written."""
    _ask(person)
    form = BookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kind, content = BookKind(form.cleaned_data["kind"]), form.cleaned_data["file"]
        try:
            read = actions.read_book(kind=kind, content=content, by=person, on=today(), write=False)
        except TooLong as error:
            if kind == BookKind.VISITS:
                return redirect("visits:long-book", actions.upload_long_book(content=content, by=person, on=today()).pk)
            form.add_error("file", error.say(_))
        except WorkbookError as error:
            form.add_error("file", error.say(_))
        else:
            stored = storage.put(sealer().seal_bytes(content, SEALED_AS))
            token = signing.dumps([person.pk, kind.value, stored.sha256], salt="visits.books")
            return render(request, "visits/book.html", _told(kind, read) | {"token": token})
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "kinds": BookKind, "long_books": long_books_of(person)}
    return render(request, "visits/books.html", context, status=status)


@member
@require_POST
def write(request: HttpRequest, person: Person) -> HttpResponseBase:
    """The same file once more, and this time it stays; or the same workbook back with a reason beside every row."""
    _ask(person)
    kind, content = _opened(request.POST.get("token", ""), person)
    back = "back" in request.POST
    read = actions.read_book(kind=kind, content=content, by=person, on=today(), write=not back)
    if not back:
        return render(request, "visits/book.html", _told(kind, read) | {"token": ""})

    def result(row: int) -> tuple[str, str, bool]:
        mark, why = read.rows[row]
        return str(mark.label), why, mark == RowMark.REFUSED

    return as_workbook(
        lambda file: write_back(file, read.sheet, headings=(_("结果"), _("说明")), result=result),
        _("%(name)s-结果.xlsx") % {"name": BOOKS[kind].name},
    )


@member
@require_safe
def template(request: HttpRequest, person: Person) -> HttpResponseBase:
    _ask(person)
    kind = request.resolver_match.kwargs["kind"]  # type: ignore[union-attr]
    if kind not in BookKind.values:
        raise Http404
    book = BOOKS[BookKind(kind)]
    return as_workbook(
        lambda file: write_template(
            file,
            name=book.name,
            headings=book.headings,
            instructions=(*COMMON, f"五、{book.says}"),
            labels=("填写说明", "列", "必填", "含义", "可填的值"),
        ),
        f"{book.name}模板.xlsx",
    )


def _ask(person: Person) -> None:
    if not rules.may_assign_any_contact(person, on=today()):
        raise NotYours(_("表格由本村（社区）或镇的书记、组织干部导入。"))


def _opened(token: str, person: Person) -> tuple[BookKind, bytes]:
    """The file of a dry run of one's own, for a day."""
    try:
        owner, kind, digest = signing.loads(token, salt="visits.books", max_age=86400)
        if owner != person.pk:
            raise Http404
        with storage.open_file(digest) as file:
            return BookKind(kind), sealer().open_bytes(file.read(), SEALED_AS)
    except (signing.BadSignature, storage.FileMissing) as error:
        raise Http404 from error


def _told(kind: BookKind, read: Read) -> dict[str, object]:
    refused = [(read.sheet.first + row, why) for row, (mark, why) in enumerate(read.rows) if mark == RowMark.REFUSED]
    return {
        "kind": kind,
        "counts": read.counts,
        "new": read.new,
        "refused": refused[:SHOWN],
        "more": len(refused) - SHOWN,
    }
