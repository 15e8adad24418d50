"""Of which division, as of when: the doors through which a sheet is asked for, with a sentence for each wrong turn."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Exists
from django.utils.translation import gettext as _

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.models import Account
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.rules import may
from redhouse.ground.ledger import queries as ledger
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.periods import stands
from redhouse.ground.people.models import Person
from redhouse.ground.places.enums import DivisionKind
from redhouse.ground.places.models import Division
from redhouse.kit.divisions import CODE_LENGTH, DivisionError, level
from redhouse.kit.today import today
from redhouse.work.answers.definitions import Figure, NoSuchAnswer, load_figures

ARTICLE_ON = date(2018, 12, 14)
"""F01: the day of the article, at which the demo town stands [S0]."""


def default_as_of(today: date) -> date:
    """The article's day in a demo house, else today."""
    demo = settings.REDHOUSE_DEMO or Account.objects.filter(is_demo=True).exists()
    return min(ARTICLE_ON, today) if demo else today


def division_at(code: str, as_of: date) -> Division:
    """The division with this code as it stood on the day; one query. Raises NoSuchAnswer."""
    try:
        level(code)
    except DivisionError as error:
        raise NoSuchAnswer(error.say(_)) from None
    recorded = Exists(Fact.objects.filter(happened_on__lte=as_of))
    periods = list(Division.objects.filter(code=code).order_by("from_on").annotate(has_facts=recorded))
    if not periods:
        _refuse_empty_house()
        raise NoSuchAnswer(
            _("没有代码为 %(code)s 的区划：请核对代码；全镇用镇的12位代码，村（社区）用村的12位代码。") % {"code": code}
        )
    first = periods[0]
    if not first.has_facts:
        _refuse_before_data(as_of, first)
    standing: Division | None = next((row for row in periods if stands(row, as_of)), None)
    if standing is None:
        raise NoSuchAnswer(
            _("%(name)s（%(code)s）在 %(day)s 还未设立或已撤销：请换一个日期。")
            % {"name": first.name, "code": code, "day": as_of}
        )
    return standing


def town_code() -> str:
    """The town of this house, where it has one. Raises NoSuchAnswer."""
    towns = Division.objects.filter(kind=DivisionKind.TOWN)
    codes: list[str] = list(towns.order_by("code").values_list("code", flat=True).distinct())
    if not codes:
        _refuse_empty_house()
    if len(codes) != 1:
        raise NoSuchAnswer(
            _("这座房子里有 %(n)s 个镇（街道），请用 --division 写明一个：%(codes)s")
            % {"n": len(codes), "codes": "、".join(codes) or _("无")}
        )
    return codes[0]


@dataclass(frozen=True)
class Asked:
    """What an address asks for: whose sheet (None: this person may see none), perhaps one figure of it."""

    code: str | None
    figure: Figure | None = None


def own_sheet(person: Person) -> Asked:
    """The widest sheet that this person may see."""
    reach = reach_of(person, Verb.SEE_ANSWERS, today())
    widest = min(reach, key=lambda prefix: (len(prefix), prefix), default=None)
    return Asked(widest.ljust(CODE_LENGTH, "0") if widest else None)


def sheet_for(person: Person, code: str) -> Asked | None:
    """The sheet of a division within this person's reach; else None, so that a stranger cannot tell what exists."""
    return Asked(code) if may(person, Verb.SEE_ANSWERS, code, today()) else None


def figure_for(person: Person, code: str, figure_id: str) -> Asked | None:
    """One figure of a sheet within reach."""
    figure = load_figures().get(figure_id)
    return Asked(code, figure) if figure and sheet_for(person, code) else None


def _refuse_empty_house() -> None:
    if not Division.objects.exists():
        raise NoSuchAnswer(_("这座房子还是空的，没有区划也没有记录：先运行 redhouse demo 建起演示镇。"))


def _refuse_before_data(as_of: date, division: Division) -> None:
    first = ledger.first_happened_on() or division.from_on
    if as_of < first:
        raise NoSuchAnswer(
            _("%(day)s 早于任何记录：数据从 %(first)s 开始，请选这一天或以后的日期。") % {"day": as_of, "first": first}
        )
