"""Lists from Excel, row by row through the same verbs as the pages. A dry run does all of it and takes it back, so that
it can never promise what the writing refuses; the same file again changes nothing."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.rules import may
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Household, Person
from redhouse.kit.divisions import town_of
from redhouse.kit.sentences import SentenceError
from redhouse.kit.workbook import Cell, Sheet, WorkbookError, choice_in, day_in, is_example, read_sheet, text_in
from redhouse.work.visits.actions.checklists import edit_checklist
from redhouse.work.visits.actions.one import assign_contact, record_visit
from redhouse.work.visits.enums import BOOK_ROWS_AT_MOST, BookKind, RowMark, VisitMode
from redhouse.work.visits.queries.contacts import keeps_contact, standing_visits
from redhouse.work.visits.queries.gaps import homes_behind, members_named
from redhouse.work.visits.rules.books import BOOKS, MODES, TOPICS

Row = dict[str, Cell]


@dataclass(frozen=True)
class Read:
    """What became, or would become, of every row: a mark and, where it was refused, why."""

    sheet: Sheet
    rows: list[tuple[RowMark, str]]

    @property
    def counts(self) -> list[tuple[RowMark, int]]:
        found = Counter(mark for mark, _why in self.rows)
        return [(mark, found[mark]) for mark in RowMark]

    @property
    def new(self) -> int:
        return sum(mark == RowMark.NEW for mark, _why in self.rows)


class TooLong(WorkbookError):
    """More rows than one waits for: past visits go through `actions.long`, other lists in several files."""


def read_book(*, kind: BookKind, content: bytes, by: Person, on: date, write: bool) -> Read:
    """Read a workbook; `write` keeps what the good rows did. Raises WorkbookError where the file cannot be used,
    TooLong where it has too many rows."""
    book = BOOKS[kind]
    with translation.override("zh-hans"):  # the labels of the book
        sheet = read_sheet(content, name=book.name, required=book.required, known=book.names)
        if len(sheet.rows) > BOOK_ROWS_AT_MOST:
            raise TooLong(gettext_noop("表格超过3,000行；请拆成几个文件分别上传。"))
        with transaction.atomic():
            rows = list(_rows(kind, sheet, by, on))
            if not write:
                transaction.set_rollback(True)
    return Read(sheet, rows)


def _rows(kind: BookKind, sheet: Sheet, by: Person, on: date) -> Iterator[tuple[RowMark, str]]:
    if kind == BookKind.CHECKLISTS:
        yield from _checklists(sheet, by, on)
        return
    act = _contact if kind == BookKind.CONTACTS else _visit
    for row in sheet.rows:
        yield _tried(lambda row=row: act(dict(zip(sheet.headings, row, strict=False)), by, on))  # type: ignore[misc]


def _tried(act: Callable[[], RowMark]) -> tuple[RowMark, str]:
    try:
        with transaction.atomic():
            return act(), ""
    except NotYet as error:
        return RowMark.REFUSED, "；".join(error.missing)
    except ValidationError as error:
        return RowMark.REFUSED, "；".join(error.messages)
    except SentenceError as error:
        return RowMark.REFUSED, error.say(_)
    except PermissionDenied as error:
        return RowMark.REFUSED, str(error)


def is_empty(row: Row) -> bool:
    cells = list(row.values())
    return is_example(cells[0]) or not any(str(cell).strip() for cell in cells)


def text_of(row: Row, heading: str) -> str:
    return text_in(row.get(heading, "")) or ""


def _contact(row: Row, by: Person, on: date) -> RowMark:
    if is_empty(row):
        return RowMark.EMPTY
    home, member = _home(row, by, on), _member(row, on)
    day = day_in(row.get("起始日期", "")) or on
    if day > on:
        raise NotYet([_("起始日期不能晚于今天")])
    if keeps_contact(member, home, on):
        return RowMark.KNOWN
    assign_contact(household=home, member=member, by=by, on=day)
    return RowMark.NEW


def _visit(row: Row, by: Person, on: date) -> RowMark:
    if is_empty(row):
        return RowMark.EMPTY
    home, member, day = _home(row, by, on), _member(row, on), day_in(row.get("走访日期", ""))
    if day is None:
        raise NotYet([_("请写走访日期")])
    if standing_visits().filter(subject_id=home.pk, actor_id=member.pk, happened_on=day).exists():
        return RowMark.KNOWN
    record_visit(
        household=home,
        member=member,
        happened_on=day,
        mode=choice_in(row.get("方式", ""), MODES) or VisitMode.HOUSEHOLD,
        needs=text_of(row, "诉求"),
        by=by,
        on=on,
    )
    return RowMark.NEW


def _checklists(sheet: Sheet, by: Person, on: date) -> Iterator[tuple[RowMark, str]]:
    """Rows of one theme are one list: they are taken, or refused, together."""
    items: dict[str, list[Cell]] = {}
    themes: list[str] = []
    for cells in sheet.rows:
        row = dict(zip(sheet.headings, cells, strict=False))
        theme = "" if is_empty(row) else str(row["主题"]).strip()
        themes.append(theme)
        if theme:
            items.setdefault(theme, []).append(row["检查项"])
    said = {theme: _tried(lambda theme=theme: _checklist(theme, items[theme], by, on)) for theme in items}  # type: ignore[misc]
    for theme in themes:
        yield said[theme] if theme else (RowMark.EMPTY, "")


def _checklist(theme: str, items: list[Cell], by: Person, on: date) -> RowMark:
    topic = choice_in(theme, TOPICS)
    assert topic is not None  # rows without a theme are empty
    texts = [text_in(item) or "" for item in items]
    made = edit_checklist(division_code=town_of(by.division_code), topic=topic, items=texts, by=by, on=on)
    return RowMark.NEW if made.from_on == on else RowMark.KNOWN


def _home(row: Row, by: Person, on: date) -> Household:
    """The one household behind the door; outside one's right nothing is told about what stands there."""
    code, door = text_of(row, "区划代码"), text_of(row, "门牌")
    if not may(by, Verb.KEEP_REGISTRY, code, on):
        raise NotYet([_("“%(code)s”不在您的管理范围；请由当地或镇的书记、组织干部导入") % {"code": code}])
    homes = homes_behind(code, door, on)
    if len(homes) != 1:
        sentence = _("“%(door)s”登记着几户，请在页面上逐户办理") if homes else _("“%(door)s”没有登记住户，请核对门牌")
        raise NotYet([sentence % {"door": door}])
    return homes[0]


def _member(row: Row, on: date) -> Person:
    name, tail = text_of(row, "联系党员"), text_of(row, "身份号码后四位")
    people = members_named(text_of(row, "区划代码"), name, tail, on)
    if len(people) != 1:
        sentence = _("本村有几名党员叫“%(name)s”，请填身份号码后四位") if people else _("本村没有叫“%(name)s”的党员")
        raise NotYet([sentence % {"name": name}])
    return people[0]
