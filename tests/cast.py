"""The cast: one small town that every test about permissions and figures knows by heart.

    西樵镇 440605122000
    ├── 新田村 440605122220     田 secretary, 监 supervisor, 户 member with two households
    │   ├── 第一经济社 …220001
    │   └── 网格 …220901        格 grid worker
    ├── 海舟村 440605122219     舟 secretary of the neighbour village: may see nothing of 新田
    ├── 小区  …220301           an estate in 新田
    └── 轻纺城 …219501          a market in 海舟
    镇党委: 办 organisation officer; 管 system administrator; 审 auditor
    外 the outsider: an account, a person, no post

Written through actions, so that it can never show a state that the rules forbid.
"""

from datetime import date

from redhouse.ground.access.actions import open_account
from redhouse.ground.access.models import Account
from redhouse.ground.access.reach import everything
from redhouse.ground.bodies.enums import BodyKind
from redhouse.ground.bodies.models import Body
from redhouse.ground.people.enums import PostKind, Tie
from redhouse.ground.people.models import Household, Membership, Person, Post
from redhouse.ground.places.enums import DivisionKind
from redhouse.ground.places.models import Division, Dwelling

TOWN, XINTIAN, HAIZHOU = "440605122000", "440605122220", "440605122219"
SOCIETY, ESTATE, GRID, MARKET = f"{XINTIAN}001", f"{XINTIAN}301", f"{XINTIAN}901", f"{HAIZHOU}501"
BEGIN = date(2017, 12, 31)
TODAY = date(2018, 12, 14)

DIVISIONS = [
    (TOWN, DivisionKind.TOWN, "西樵镇"),
    (XINTIAN, DivisionKind.VILLAGE, "新田"),
    (HAIZHOU, DivisionKind.VILLAGE, "海舟"),
    (SOCIETY, DivisionKind.SOCIETY, "第一经济社"),
    (ESTATE, DivisionKind.ESTATE, "田园居"),
    (GRID, DivisionKind.GRID, "新田一格"),
    (MARKET, DivisionKind.MARKET, "轻纺城"),
]

PEOPLE = [  # account, name, where, body, post
    ("org", "办一心", TOWN, "town", PostKind.ORG_OFFICER),
    ("secretary", "田大业", XINTIAN, "xintian", PostKind.SECRETARY),
    ("supervisor", "监正直", XINTIAN, "supervisors", PostKind.SUPERVISOR),
    ("neighbour", "舟行远", HAIZHOU, "haizhou", PostKind.SECRETARY),
    ("grid", "格致知", XINTIAN, "xintian", PostKind.GRID_WORKER),
    ("admin", "管无私", TOWN, "town", PostKind.SYS_ADMIN),
    ("auditor", "审有度", TOWN, "town", PostKind.AUDIT_ADMIN),
    ("member", "户常访", XINTIAN, None, None),
    ("outsider", "外来客", HAIZHOU, None, None),
]


def build_cast() -> None:
    with everything():
        _build()


def _build() -> None:
    Division.objects.bulk_create(
        Division(code=code, kind=kind, name=name, from_on=BEGIN) for code, kind, name in DIVISIONS
    )
    town = Body.objects.create(kind=BodyKind.PARTY_COMMITTEE, name="西樵镇党委", division_code=TOWN, from_on=BEGIN)
    xintian = Body.objects.create(
        kind=BodyKind.PARTY_COMMITTEE, name="新田村党委", division_code=XINTIAN, parent=town, from_on=BEGIN
    )
    haizhou = Body.objects.create(
        kind=BodyKind.PARTY_COMMITTEE, name="海舟村党委", division_code=HAIZHOU, parent=town, from_on=BEGIN
    )
    supervisors = Body.objects.create(
        kind=BodyKind.SUPERVISION_COMMITTEE, name="新田村务监督委员会", division_code=XINTIAN, from_on=BEGIN
    )
    branch = Body.objects.create(
        kind=BodyKind.PARTY_BRANCH, name="新田第一党支部", division_code=SOCIETY, parent=xintian, from_on=BEGIN
    )
    bodies = {"town": town, "xintian": xintian, "haizhou": haizhou, "supervisors": supervisors}
    for username, name, where, body, post in PEOPLE:
        person = Person.objects.create(name=name, division_code=where, phone="13800138000", is_demo=True)
        open_account(username=username, person=person, demo_note=f"演示：{username}")
        if body:
            Post.objects.create(person=person, body=bodies[body], kind=post, from_on=BEGIN)
        if username == "member":
            Membership.objects.create(
                person=person, body=branch, division_code=SOCIETY, tie=Tie.REGISTERED, from_on=BEGIN
            )
    for number in (1, 2, 3):
        code = ESTATE if number == 3 else SOCIETY
        head = Person.objects.create(name=f"户主{number}", division_code=code, is_demo=True)
        dwelling = Dwelling.objects.create(division_code=code, grid_code=GRID, door=f"{number}号", from_on=BEGIN)
        Household.objects.create(dwelling=dwelling, division_code=code, head=head, residents=3, from_on=BEGIN)


def person(username: str) -> Person:
    account = Account.objects.select_related("person").get(username=username)
    assert account.person is not None
    return account.person
