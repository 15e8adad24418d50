"""A workbook of shares, areas or amounts, read against the registers: what is in it, and what is wrong row by row.

A register is frozen whole or not at all, so one refused row stops it. Workbooks are Chinese documents.
"""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as say
from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext

from redhouse.ground.access.reach import everything
from redhouse.ground.people.fields import blind_index
from redhouse.ground.people.models import Household, Person, SocietyMember
from redhouse.ground.people.rules import normal_citizen_id
from redhouse.kit.numbers import wholes
from redhouse.kit.sentences import SentenceError
from redhouse.kit.workbook import Cell, Heading, Sheet, read_sheet
from redhouse.work.decisions.enums import Basis
from redhouse.work.decisions.models import Matter
from redhouse.work.decisions.queries.money import Share

NAME = "份额"
NUMBER, WHO = "公民身份号码", "姓名"
UNITS = {Basis.SHARES: "股数", Basis.AREA: "面积（平方米）", Basis.AMOUNTS: "金额（元）"}
SUMS = ("合计", "总计", "共计")
NAMED = 50  # of the members whom a workbook leaves out
MOST = Decimal(10**11)  # one share, area or amount; far above any, far below what a column holds
_NUMERAL = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class Wrong(SentenceError):
    """A cell that cannot be used."""


@dataclass
class Book:
    """`slips` by row: heading, sentence to be translated, its values. `changed` are rows whose shares differ from the
    register of people; `absent` members (masked) whom the workbook leaves out."""

    sheet: Sheet
    basis: Basis
    as_of: date
    shares: list[Share] = field(default_factory=list)
    scale: int = 1
    rows: list[int] = field(default_factory=list)
    changed: dict[int, int] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    slips: dict[int, list[tuple[str, str, dict[str, object]]]] = field(default_factory=lambda: defaultdict(list))

    @property
    def units(self) -> int:
        return sum(share.units for share in self.shares)

    @property
    def sum_text(self) -> str:
        return wholes(self.units, self.scale)

    @property
    def is_sound(self) -> bool:
        return bool(self.shares) and not self.slips and not self.absent

    def line(self, row: int) -> int:
        """The number that Excel shows beside the row."""
        return self.sheet.first + row

    @property
    def told(self) -> list[tuple[int, str, str]]:
        """The number that Excel shows, heading and sentence of all that is wrong."""
        return [
            (self.line(row), heading, say(sentence) % values)
            for row, said in sorted(self.slips.items())
            for heading, sentence, values in said
        ]

    def refuse(self, row: int, heading: str, sentence: str, /, **values: object) -> None:
        self.slips[row].append((heading, sentence, values))


def missing_in(book: Book) -> list[str]:
    """Why nothing can be frozen by this workbook; empty where it can."""
    missing = [
        say("第%(line)s行，%(heading)s：%(sentence)s") % {"line": line, "heading": heading, "sentence": sentence}
        for line, heading, sentence in book.told
    ]
    if book.absent:
        count, names = len(book.absent), "、".join(book.absent[:NAMED])
        missing.append(ngettext("表里漏了%(n)s名成员：%(names)s", "表里漏了%(n)s名成员：%(names)s", count)
                       % {"n": count, "names": names})  # fmt: skip
    return missing or ([] if book.shares else [say("表里没有一行份额")])


def headings(basis: Basis) -> list[Heading]:
    """The columns of the template."""
    number = {"股数": "3", "面积（平方米）": "86.50", "金额（元）": "12000.00"}[UNITS[basis]]
    return [
        Heading(NUMBER, "18位，按文本填写；凭它认人", True, width=36, example="示例（请删除本行）：440605199001011234"),
        Heading(WHO, "与登记一致；不一致的拒绝本行", True, example="张三"),
        Heading(UNITS[basis], "不能是负数，最多两位小数；没有的填0", True, example=number),
    ]


def read_book(content: bytes, *, matter: Matter, basis: Basis, as_of: date) -> Book:
    """Raises WorkbookError where the file as a whole cannot be used."""
    wanted = [NUMBER, WHO, UNITS[basis]]
    book = Book(read_sheet(content, name=NAME, required=wanted, known=wanted), basis, as_of)
    places = [book.sheet.headings.index(heading) for heading in wanted]
    found: dict[int, tuple[str, str, Decimal]] = {}
    stated: dict[int, Decimal] = {}
    numbers: dict[int, Decimal] = {}
    named: set[str] = set()
    for row, cells in enumerate(book.sheet.rows):
        number, name, amount = (cells[place] for place in places)
        if all(cell == "" for cell in (number, name, amount)) and not _uncached(book, row, places):
            continue
        if isinstance(number, str) and number.strip().startswith("示例"):
            continue
        is_sum = any(isinstance(cell, str) and cell.strip().replace(" ", "") in SUMS for cell in (number, name))
        said = _decimal(book, row, places[2], amount)
        if is_sum:
            if said is not None:
                stated[row] = said
            continue
        if said is not None:
            numbers[row] = said
        who = _citizen_id(book, row, number)
        named.add(who)
        if who and said is not None:
            found[row] = (who, _word(name), said)
    _twice(book, found)
    for row, said in stated.items():
        if said != sum(numbers.values()):
            book.refuse(
                row, UNITS[basis], _("各行相加为%(sum)s，合计写的是%(said)s；请核对漏行、重行或改正合计"),
                sum=f"{sum(numbers.values(), Decimal(0)).normalize():f}", said=f"{said:f}",
            )  # fmt: skip
    _people(book, matter, found, named)
    return book


def _uncached(book: Book, row: int, places: list[int]) -> bool:
    return any((row, place) in book.sheet.uncached for place in places)


def _word(cell: Cell) -> str:
    return unicodedata.normalize("NFKC", str(cell)).strip()


def _citizen_id(book: Book, row: int, cell: Cell) -> str:
    if cell == "":
        book.refuse(row, NUMBER, _("为空；请填写"))
        return ""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        book.refuse(row, NUMBER, _("被Excel存成了数字，末几位已经丢失；请把这一列设为“文本”，照证件重新填写"))
        return ""
    text = _word(cell)
    if "*" in text:
        book.refuse(row, NUMBER, _("号码是遮住的，不能用来认人；请照证件填写完整的号码"))
        return ""
    try:
        return normal_citizen_id(text, is_demo=settings.REDHOUSE_DEMO)
    except SentenceError as error:
        book.refuse(row, NUMBER, error.template, **error.values)
        return ""


def _decimal(book: Book, row: int, place: int, cell: Cell) -> Decimal | None:
    """The number in the cell, exact; None with a slip for what is none. Text that is a number is taken as one."""
    heading = UNITS[book.basis]
    if (row, place) in book.sheet.uncached:
        book.refuse(row, heading, _("公式没有存下算出的值；请用Excel打开并保存一次，或粘贴为数值"))
        return None
    if cell == "":
        book.refuse(row, heading, _("为空；没有份额的填0"))
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    plain = isinstance(cell, int | float) and not isinstance(cell, bool)
    text = repr(cell) if plain else _word(cell).replace(",", "").replace(" ", "")
    if text.startswith("-"):
        book.refuse(row, heading, _("“%(value)s”是负数；份额和金额不能是负数"), value=text)
        return None
    if not _NUMERAL.fullmatch(text):
        book.refuse(row, heading, _("“%(value)s”不是数；请填数字，不带单位"), value=text[:40])
        return None
    value = Decimal(text).normalize()
    if value > MOST:
        book.refuse(row, heading, _("“%(value)s”太大；请核对单位"), value=text[:40])
        return None
    if -value.as_tuple().exponent > 2:  # type: ignore[operator]
        book.refuse(row, heading, _("“%(value)s”超过两位小数；请先按规则取到两位"), value=text[:40])
        return None
    return value


def _twice(book: Book, found: dict[int, tuple[str, str, Decimal]]) -> None:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, (number, _name, _said) in found.items():
        rows[number].append(row)
    for same in rows.values():
        for row in same if len(same) > 1 else ():
            other = next(each for each in same if each != row)
            book.refuse(row, NUMBER, _("与第%(line)s行是同一个人；请合并成一行"), line=book.line(other))


def _people(book: Book, matter: Matter, found: dict[int, tuple[str, str, Decimal]], named: set[str]) -> None:
    """Who they are, whether they were members on that day, and who is left out; `named` are all numbers that were
    read, also those of refused rows."""
    sealed = Person._meta.get_field("citizen_id")
    index = {blind_index(sealed, number): number for number in named - {""}}
    with everything():
        known = {
            index[bytes(person.citizen_id_index)]: person
            for person in Person.objects.filter(citizen_id_index__in=list(index))
        }
        members = {
            row.person_id: row
            for row in SocietyMember.objects.as_of(book.as_of)
            .filter(body=matter.run.host_id)
            .select_related("person")
            .order_by("pk")
        }
        homes = _homes([person.pk for person in known.values()], book.as_of)
    book.scale = _scale(book, [said for _number, _name, said in found.values()])
    for row, (number, name, said) in found.items():
        person = known.get(number)
        if person is None:
            book.refuse(row, NUMBER, _("没有登记这个号码的人；请核对号码，或先在“党员与组织”登记"))
        elif person.name != name:
            book.refuse(row, WHO, _("与登记的姓名不一致；请核对是不是这个人"))
        elif person.pk not in members and book.basis == Basis.SHARES:
            book.refuse(row, NUMBER, _("在%(day)s不是本集体的成员；请核对成员登记，或删去本行"), day=book.as_of)
        elif row not in book.slips:
            member = members.get(person.pk)
            units = int(said * book.scale)
            home = member.household_id if member else homes.get(person.pk)
            book.rows.append(row)
            book.shares.append(Share(person.pk, home, units))
            if book.basis == Basis.SHARES and member and units != member.shares * book.scale:
                book.changed[row] = member.shares
    if book.basis == Basis.SHARES:
        there = {person.pk for person in known.values()}
        book.absent = [row.person.masked_name for key, row in members.items() if key not in there]


def _scale(book: Book, numbers: list[Decimal]) -> int:
    """Shares are whole unless one has decimals; areas and amounts count in hundredths."""
    return 1 if book.basis == Basis.SHARES and all(number == number.to_integral() for number in numbers) else 100


def _homes(people: list[int], on: date) -> dict[int, int]:
    heads = Household.objects.as_of(on).filter(head__in=people).order_by("-pk")
    return dict(heads.values_list("head", "pk"))
