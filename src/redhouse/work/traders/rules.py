"""When a party organisation among small businesses can live. Advice, not a gate: the town decides.

A branch needs three full members (branch regulation [S7]). The article counts 126 members for 36 organisations, 8 of
them registered: it holds only if floating members count, and for them the organisations were founded. So floating
members count in the small-business sectors, and too few of them is a warning.
"""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.rules import may
from redhouse.ground.bodies.enums import Sector
from redhouse.ground.people.enums import MemberStatus, Tie
from redhouse.ground.people.models import Person
from redhouse.work.traders.enums import FLOATING_COUNT

LEAST_MEMBERS = 3


def may_keep_small_biz_orgs(person: Person, division_code: str, *, on: date) -> bool:
    return may(person, Verb.KEEP_REGISTRY, division_code, on)


def warnings_before_founding(name: str, sector: Sector, members: Sequence[tuple[Tie, MemberStatus]]) -> list[str]:
    """Sentences for the founder to weigh; empty where the formation test holds. Never blocks."""
    full = [tie for tie, status in members if status == MemberStatus.FULL]
    registered = full.count(Tie.REGISTERED)
    counted = len(full) if sector in FLOATING_COUNT else registered
    values = {"name": name, "least": LEAST_MEMBERS, "registered": registered, "counted": counted}
    if counted < LEAST_MEMBERS:
        return [
            _("“%(name)s”正式党员%(counted)d名，不足%(least)d名，宜成立联合支部或并入相邻支部（支部工作条例）") % values
        ]
    if registered < LEAST_MEMBERS:
        return [_("“%(name)s”在册正式党员%(registered)d名，计入流动党员后为%(counted)d名，才满%(least)d名") % values]
    return []
