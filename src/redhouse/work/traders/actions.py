"""The only writers of party organisations among small businesses (小个专) and of the pilots for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.bodies import actions as bodies
from redhouse.ground.bodies.enums import BodyKind, Sector
from redhouse.ground.bodies.facts import PILOT_STARTED
from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people import actions as people
from redhouse.ground.people.actions import NewMembership
from redhouse.ground.people.enums import MemberStatus, Tie
from redhouse.ground.people.models import Person
from redhouse.work.traders import rules
from redhouse.work.traders.enums import SMALL_BIZ_SECTORS


@dataclass(frozen=True)
class Founded:
    """The new organisation, and what its founder should weigh."""

    body: Body
    warnings: list[str]


@transaction.atomic
def found_small_biz_org(
    *,
    kind: BodyKind = BodyKind.PARTY_BRANCH,
    sector: Sector,
    name: str,
    division_code: str,
    parent: Body,
    members: Sequence[tuple[Person, Tie, MemberStatus]] = (),
    is_joint: bool = False,
    is_area: bool = False,
    by: Person,
    on: date,
) -> Founded:
    """Found an organisation with its first members. Too few members is a warning, never a refusal (F14)."""
    _may(by, division_code, on)
    if sector not in SMALL_BIZ_SECTORS:
        raise NotYet([_("“%(name)s”不属于“小个专”领域，请到党员与组织登记") % {"name": name}])
    warnings = (
        rules.warnings_before_founding(name, sector, [(tie, status) for _person, tie, status in members])
        if kind == BodyKind.PARTY_BRANCH
        else []
    )
    body = bodies.found_body(
        kind=kind,
        name=name,
        division_code=division_code,
        parent=parent,
        sector=sector,
        is_joint=is_joint,
        is_area=is_area,
        by=by.pk,
        on=on,
    )
    if members:
        people.record_memberships(
            memberships=[NewMembership(person.pk, body.pk, tie, on, status) for person, tie, status in members],
            by=by.pk,
        )
    return Founded(body, warnings)


def name_demonstration(*, body: Body, by: Person, on: date) -> int:
    """Make an organisation the example for others (培育示范点); returns the fact."""
    _may(by, body.division_code, on)
    return bodies.name_demonstration(body=body, by=by.pk, on=on)


def start_pilot(*, label: str, body: Body, by: Person, on: date) -> int:
    """Record that `body` took on a pilot, for instance `PILOT_ONE_STREET_TWO_MARKETS`; returns the fact."""
    _may(by, body.division_code, on)
    return bodies.adopt(kind=PILOT_STARTED, label=label, body=body, is_named=True, by=by.pk, on=on)


def _may(by: Person, division_code: str, on: date) -> None:
    if not rules.may_keep_small_biz_orgs(by, division_code, on=on):
        raise PermissionDenied(_("只有本村（社区）或镇的书记、组织干部可以设立“小个专”党组织"))
