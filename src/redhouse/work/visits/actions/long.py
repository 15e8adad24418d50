"""A long list of past visits: kept sealed, tried in the background, confirmed by a person, written whole or not at all.
Everything is looked up at once and nothing row by row; the rules are those of `many.record_visits`."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from procrastinate.contrib.django import app

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.reach import everything, use_reach
from redhouse.ground.access.rules import may
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.papers import storage
from redhouse.ground.people.fields import sealer
from redhouse.ground.people.models import Person
from redhouse.kit.sentences import SentenceError
from redhouse.kit.workbook import Sheet, WorkbookError, choice_in, day_in, read_sheet
from redhouse.work.visits import rules
from redhouse.work.visits.actions.books import Row, is_empty, text_of
from redhouse.work.visits.actions.many import NewVisit, contacts_between, record_visits
from redhouse.work.visits.enums import (
    LONG_BOOK_ROWS_AT_MOST,
    WORDS_AT_MOST,
    BookKind,
    BookState,
    RowMark,
    VisitMode,
)
from redhouse.work.visits.models import LongBook, Visit
from redhouse.work.visits.queries.books import SEALED_AS, content_of
from redhouse.work.visits.queries.contacts import standing_visits
from redhouse.work.visits.queries.gaps import doors_of, members_named
from redhouse.work.visits.rules.books import BOOKS, MODES

CHECK, WRITE = "visits.check_book", "visits.write_book"
BROKEN = gettext_noop("写入中出了意外，没有写入任何内容；请稍后再传一次，仍不行请告诉管理员")


@dataclass
class Judged:
    """What would become of each row, and the visits that would be written, in order, with what was said at some."""

    sheet: Sheet
    rows: list[tuple[RowMark, str]] = field(default_factory=list)
    visits: list[NewVisit] = field(default_factory=list)
    needs: dict[tuple[int, int, date], str] = field(default_factory=dict)

    @property
    def outcome(self) -> dict[str, Any]:
        marks = Counter(mark for mark, _why in self.rows)
        return {
            "counts": {mark.value: marks[mark] for mark in RowMark},
            "marks": "".join(mark.value[0] for mark, _why in self.rows),
            "why": {row: why for row, (_mark, why) in enumerate(self.rows) if why},
            "first": self.sheet.first,
        }


@transaction.atomic
def upload_long_book(*, content: bytes, by: Person, on: date) -> LongBook:
    """Keep the file, sealed, and have it tried in the background. Raises PermissionDenied."""
    if not rules.may_assign_any_contact(by, on=on):
        raise PermissionDenied(_("表格由本村（社区）或镇的书记、组织干部导入。"))
    stored = storage.put(sealer().seal_bytes(content, SEALED_AS))
    book = LongBook.objects.create(sealed_sha256=stored.sha256, division_code=by.division_code, created_by=by)
    app.configure_task(CHECK).defer(book_id=book.pk)
    return book


@transaction.atomic
def confirm_long_book(*, book: LongBook, by: Person, on: date) -> None:
    """Let the good rows in. Raises NotYet where there is nothing to confirm, or it was confirmed before."""
    book = LongBook.objects.select_for_update().get(pk=book.pk)
    if book.state != BookState.READY:
        raise NotYet([_("这张表现在是“%(state)s”，不能确认") % {"state": book.get_state_display()}])
    if not book.outcome["counts"][RowMark.NEW]:
        raise NotYet([_("这张表没有要写入的行")])
    book.state = BookState.WRITING
    book.save(update_fields=["state"])
    app.configure_task(WRITE).defer(book_id=book.pk)


def check_long_book(book_id: int, *, on: date) -> None:
    """The dry run: read, look up, write nothing but the outcome. Safe to repeat after an interruption."""
    _worked(book_id, BookState.CHECKING, lambda book: _checked(book, on))


def write_long_book(book_id: int, *, on: date) -> None:
    """Judge again and write the good rows, their facts and the outcome in one transaction; safe to repeat."""
    _worked(book_id, BookState.WRITING, lambda book: _written(book, on))


def fail_long_book(book_id: int) -> None:
    """For a job that met what nobody foresaw."""
    with everything():
        _fail(LongBook.objects.get(pk=book_id), BROKEN)


def _worked(book_id: int, state: BookState, work: Callable[[LongBook], None]) -> None:
    with everything():
        try:
            with transaction.atomic():
                rows = LongBook.objects.select_for_update(of=("self",)).select_related("created_by")
                book = rows.filter(pk=book_id, state=state).first()
                if book is not None:
                    work(book)
        except WorkbookError as error:
            _fail(LongBook.objects.get(pk=book_id), error.template)
        except (NotYet, PermissionDenied, ValidationError) as error:
            said = error.missing if isinstance(error, NotYet) else [str(error)]
            _fail(LongBook.objects.get(pk=book_id), "；".join(said))


def _checked(book: LongBook, on: date) -> None:
    book.outcome, book.state = _judged(book, on).outcome, BookState.READY
    book.save(update_fields=["outcome", "state"])


def _written(book: LongBook, on: date) -> None:
    judged, by = _judged(book, on), book.created_by
    if judged.visits:
        days = [visit.happened_on for visit in judged.visits]
        with use_reach(reach_of(by, Verb.RECORD_VISITS, on), person_id=by.pk):  # the second wall behind the plan
            record_visits(visits=judged.visits, from_on=min(days), until_on=max(days) + timedelta(days=1), by=by, on=on)
            _keep_needs(judged.needs, by)
    book.outcome, book.state, book.finished_at = judged.outcome, BookState.DONE, timezone.now()
    book.save(update_fields=["outcome", "state", "finished_at"])


def _keep_needs(needs: dict[tuple[int, int, date], str], by: Person) -> None:
    """What was said, beside the facts that were just written."""
    homes = {home for home, _member, _day in needs}
    made = standing_visits().filter(recorder_id=by.pk, subject_id__in=homes, visit__isnull=True)
    rows = []
    for fact in made:
        visit = (fact.subject_id or 0, fact.actor_id or 0, fact.happened_on)
        if visit in needs:
            home, member, day = visit
            code, said = fact.division_code, needs[visit]
            rows.append(
                Visit(fact=fact, household_id=home, member_id=member, division_code=code, visited_on=day, needs=said)
            )
    Visit.objects.bulk_create(rows, batch_size=2000)


def _fail(book: LongBook, sentence: str) -> None:
    book.state, book.outcome, book.finished_at = BookState.FAILED, {"failure": sentence}, timezone.now()
    book.save(update_fields=["state", "outcome", "finished_at"])


def _judged(book: LongBook, on: date) -> Judged:
    """Raises WorkbookError where the file cannot be used."""
    made, by = BOOKS[BookKind.VISITS], book.created_by
    with translation.override("zh-hans"), use_reach(reach_of(by, Verb.KEEP_REGISTRY, on), person_id=by.pk):
        sheet = read_sheet(content_of(book), name=made.name, required=made.required, known=made.names)
        if len(sheet.rows) > LONG_BOOK_ROWS_AT_MOST:
            raise WorkbookError(gettext_noop("表格超过10万行；请拆成几个文件分别上传。"))
        judged, look = Judged(sheet), _Look(by, on)
        for cells in sheet.rows:
            row = dict(zip(sheet.headings, cells, strict=False))
            try:
                judged.rows.append((_mark(row, look, judged), ""))
            except NotYet as error:
                judged.rows.append((RowMark.REFUSED, "；".join(error.missing)))
            except SentenceError as error:
                judged.rows.append((RowMark.REFUSED, error.say(_)))
    return judged


def _mark(row: Row, look: "_Look", judged: Judged) -> RowMark:
    if is_empty(row):
        return RowMark.EMPTY
    code, day = text_of(row, "区划代码"), day_in(row.get("走访日期", ""))
    home = look.home(code, text_of(row, "门牌"))
    member = look.member(code, text_of(row, "联系党员"), text_of(row, "身份号码后四位"))
    if day is None:
        raise NotYet([_("请写走访日期")])
    if day > look.on:
        raise NotYet([_("走访日期%(day)s晚于今天，请核对日期") % {"day": day}])
    visit = (home, member, day)
    if visit in look.known(day.year):
        return RowMark.KNOWN
    if not any(begin <= day < end for begin, end, _code in look.ties(day.year).get((home, member), ())):
        raise NotYet([_("此人在%(day)s不联系这一户；驻点等走访请用不超过3,000行的表") % {"day": day}])
    mode, said = choice_in(row.get("方式", ""), MODES) or VisitMode.HOUSEHOLD, text_of(row, "诉求")
    if len(said) > WORDS_AT_MOST:
        raise NotYet([_("诉求超过%(most)s字，请写短一些") % {"most": WORDS_AT_MOST}])
    look.known(day.year).add(visit)
    judged.visits.append(NewVisit(home, member, day, str(mode)))
    if said:
        judged.needs[visit] = said
    return RowMark.NEW


class _Look:
    """Doors by place, members by name, contacts and visits by year: each asked once."""

    def __init__(self, by: Person, on: date) -> None:
        self.by, self.on = by, on
        self.doors = cache(self._doors)
        self.named = cache(lambda village, name, tail: members_named(village, name, tail, on))
        self.ties = cache(lambda year: contacts_between(date(year, 1, 1), date(year + 1, 1, 1)))
        self.known = cache(self._known)

    def home(self, code: str, door: str) -> int:
        homes = self.doors(code).get(door, [])
        if len(homes) != 1:
            sentence = (
                _("“%(door)s”登记着几户，请在页面上逐户办理") if homes else _("“%(door)s”没有登记住户，请核对门牌")
            )
            raise NotYet([sentence % {"door": door}])
        return homes[0]

    def member(self, code: str, name: str, tail: str) -> int:
        people = self.named(code[:12], name, tail)
        if len(people) != 1:
            sentence = (
                _("本村有几名党员叫“%(name)s”，请填身份号码后四位") if people else _("本村没有叫“%(name)s”的党员")
            )
            raise NotYet([sentence % {"name": name}])
        return int(people[0].pk)

    def _doors(self, code: str) -> dict[str, list[int]]:
        if not may(self.by, Verb.KEEP_REGISTRY, code, self.on):
            raise NotYet([_("“%(code)s”不在您的管理范围；请由当地或镇的书记、组织干部导入") % {"code": code}])
        return doors_of(code, self.on)

    def _known(self, year: int) -> set[tuple[int | None, int | None, date]]:
        rows = standing_visits().filter(happened_on__year=year)
        return set(rows.values_list("subject_id", "actor_id", "happened_on"))
