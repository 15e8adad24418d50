"""A workbook of electors, line by line: who is meant, and what stops the line."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from django.conf import settings
from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything
from redhouse.ground.people.fields import blind_index
from redhouse.ground.people.models import Household, HouseholdMember, Person, SocietyMember
from redhouse.ground.people.rules import normal_citizen_id
from redhouse.ground.process.enums import Exclusion
from redhouse.ground.process.models import Roll
from redhouse.ground.process.queries.rolls import RollRow, standing
from redhouse.ground.process.rules.rolls import sorted_out
from redhouse.kit.sentences import SentenceError
from redhouse.kit.workbook import Cell, Heading, Sheet, read_sheet

NAME = "名册"
# Workbooks are Chinese documents whatever the language of the page, so the headings are not translated.
COLUMNS = (
    Heading("姓名", "照证件填写。", required=True, example="示例（请删除本行）：陈某某"),
    Heading("公民身份号码", "18位。用来认人，不会显示在名册上。", required=True, width=24),
    Heading("门牌", "一人有几户时写哪一户；只有一户可以空着。"),
    Heading("专有面积", "业主表决才填：平方米，最多两位小数。"),
    Heading("候选人", "选举时是候选人的填“是”。", choices=("是", "否"), width=8),
    Heading("回避", "本人有利害关系填“本人”，近亲属有利害关系填“近亲属”；应到人数不因此减少。",
            choices=("本人", "近亲属"), width=10),
)  # fmt: skip
HEADINGS = [heading.name for heading in COLUMNS]
EXAMPLE = "示例"
EXCLUDED = {"本人": Exclusion.RECUSED, "近亲属": Exclusion.KIN}
_AREA = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")
_CITIZEN_ID = Person._meta.get_field("citizen_id")


@dataclass
class RollSheet:
    """`good` are the lines that come onto the roll, by index of the row in the sheet; `slips` say why others do not."""

    sheet: Sheet
    good: dict[int, RollRow] = field(default_factory=dict)
    excluded: dict[int, Exclusion] = field(default_factory=dict)
    known: set[int] = field(default_factory=set)  # rows of people who are on the roll already
    slips: dict[int, str] = field(default_factory=dict)

    def line(self, row: int) -> int:
        """The number that Excel shows beside the row."""
        return self.sheet.first + row

    @property
    def told(self) -> list[tuple[int, str]]:
        return [(self.line(row), said) for row, said in sorted(self.slips.items())]


def read_roll_sheet(content: bytes, roll: Roll) -> RollSheet:
    """The dry run: writes nothing. Raises WorkbookError where the file as a whole cannot be used."""
    sheet = read_sheet(content, name=NAME, required=[each.name for each in COLUMNS if each.required], known=HEADINGS)
    found = RollSheet(sheet)
    cells = _cells(found)
    with everything():  # electors may live anywhere
        rows = _rows(found, cells, roll.vote_on)
        order = list(rows)
        good, refused = sorted_out(
            roll, [rows[row] for row in order], standing(rows.values(), roll.vote_on),
            lines=[found.line(row) for row in order],
        )  # fmt: skip
        there = set(roll.electors.values_list("person", flat=True))
    at = {found.line(row): row for row in order}
    for refusal in refused:
        found.slips[at[refusal.line]] = refusal.sentence
    kept = {id(row) for row in good}
    for row in order:
        if id(rows[row]) in kept:
            found.good[row] = rows[row]
            if rows[row].person_id in there:
                found.known.add(row)
        else:
            found.excluded.pop(row, None)
    return found


def _cells(found: RollSheet) -> dict[int, dict[str, str]]:
    """Texts by heading of the rows that say something; the example row of the template is passed over."""
    places = {name: found.sheet.headings.index(name) for name in HEADINGS if name in found.sheet.headings}
    rows = {}
    for number, row in enumerate(found.sheet.rows):
        try:
            texts = {name: _text(row[place]) for name, place in places.items()}
        except Wrong as error:
            found.slips[number] = str(error)
            continue
        if any(texts.values()) and not texts["姓名"].startswith(EXAMPLE):
            rows[number] = texts
    return rows


class Wrong(ValueError):
    """A cell that cannot be used; the sentence says why."""


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        if abs(cell) >= 10**15:  # Excel keeps 15 digits of a number, no more
            raise Wrong(_("被Excel存成了数字，末几位已经丢失；请把这一列设为“文本”，照证件重新填写"))
        return str(int(cell)) if cell == int(cell) else repr(cell)
    return str(cell).strip()


def _rows(found: RollSheet, cells: Mapping[int, Mapping[str, str]], on: date) -> dict[int, RollRow]:
    """Whom each row means; rows that mean nobody get their slip."""
    numbers: dict[int, str] = {}
    for row, texts in cells.items():
        try:
            numbers[row] = _number(texts)
        except Wrong as error:
            found.slips[row] = str(error)
    indexes = {blind_index(_CITIZEN_ID, number): number for number in numbers.values()}
    people = {indexes[bytes(one.citizen_id_index)]: one for one in Person.objects.filter(citizen_id_index__in=indexes)}
    homes = homes_of([person.pk for person in people.values()], on)
    rows: dict[int, RollRow] = {}
    for row, number in numbers.items():
        person = people.get(number)
        if person is None:
            found.slips[row] = _("这个号码没有登记，查无此人；请核对证件，或先登记人员")
        elif person.name != cells[row]["姓名"]:
            found.slips[row] = _("这个号码登记的姓名与本行不同；请照证件核对")
        else:
            slip = _place(found, row, cells[row], person, homes.get(person.pk, {}), rows)
            if slip:
                found.slips[row] = slip
    return rows


def _number(texts: Mapping[str, str]) -> str:
    if not texts["姓名"]:
        raise Wrong(_("姓名为空；请填写"))
    if not texts["公民身份号码"]:
        raise Wrong(_("公民身份号码为空；请填写"))
    try:
        return normal_citizen_id(texts["公民身份号码"].upper().replace(" ", ""), is_demo=settings.REDHOUSE_DEMO)
    except SentenceError as error:
        raise Wrong(error.say(_)) from None


def _place(
    found: RollSheet,
    row: int,
    texts: Mapping[str, str],
    person: Person,
    homes: Mapping[str, int],
    rows: dict[int, RollRow],
) -> str:
    """Put the row among the rows; a sentence where it cannot be."""
    door, area, word = texts.get("门牌", ""), texts.get("专有面积", ""), texts.get("回避", "")
    if door and door not in homes:
        return _("此人当日不在“%(door)s”这一户；请核对门牌") % {"door": door}
    if not door and len(homes) > 1:
        return _("此人当日有%(n)s户；请写明门牌") % {"n": len(homes)}
    if area and not _AREA.fullmatch(area):
        return _("专有面积“%(area)s”应为平方米，最多两位小数") % {"area": area}
    if word and word not in EXCLUDED:
        return _("回避一栏只填“本人”或“近亲属”")
    household = homes[door] if door else next(iter(homes.values()), None)
    rows[row] = RollRow(person.pk, household, hundredths(area), texts.get("候选人", "") == "是")
    if word:
        found.excluded[row] = EXCLUDED[word]
    return ""


def hundredths(area: str) -> int:
    """Square metres with at most two decimals, as hundredths; 0 for none. Raises ValueError."""
    try:
        return int(Decimal(area) * 100) if area else 0
    except InvalidOperation as error:
        raise ValueError(area) from error


def homes_of(person_ids: Sequence[int], on: date) -> dict[int, dict[str, int]]:
    """person -> door -> household, of all ties that stand on the day."""
    ties = HouseholdMember.objects.as_of(on).filter(person__in=person_ids)
    shares = SocietyMember.objects.as_of(on).filter(person__in=person_ids)
    heads = Household.objects.as_of(on).filter(head__in=person_ids)
    rows = [
        *ties.values_list("person", "household__dwelling__door", "household"),
        *shares.values_list("person", "household__dwelling__door", "household"),
        *heads.values_list("head", "dwelling__door", "pk"),
    ]
    homes: dict[int, dict[str, int]] = {}
    for person, door, household in rows:
        homes.setdefault(person, {})[door] = household
    return homes
