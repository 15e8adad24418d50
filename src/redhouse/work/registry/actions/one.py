"""The organisation office's verbs: party organisations, members and posts. Thin: the ground holds the rules."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.bodies import actions as bodies
from redhouse.ground.bodies.enums import PARTY_KINDS, BodyKind, Sector
from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people import actions as people
from redhouse.ground.people.enums import MemberStatus, PostKind, Tie
from redhouse.ground.people.models import Membership, Person, Post
from redhouse.work.registry import rules


def found_party_org(
    *,
    kind: BodyKind,
    name: str,
    division_code: str,
    parent: Body,
    is_joint: bool = False,
    is_area: bool = False,
    by: Person,
    on: date,
) -> Body:
    """Found a party organisation on the land; those among small businesses are founded by `traders`."""
    _may(by, division_code, on)
    if kind not in PARTY_KINDS:
        raise NotYet([_("“%(name)s”不是党组织，请到相应的条线登记") % {"name": name}])
    return bodies.found_body(
        kind=kind,
        name=name,
        division_code=division_code,
        parent=parent,
        sector=Sector.TERRITORY,
        is_joint=is_joint,
        is_area=is_area,
        by=by.pk,
        on=on,
    )


def register_member(
    *, person: Person, body: Body, tie: Tie, status: MemberStatus = MemberStatus.FULL, by: Person, on: date
) -> Membership:
    """Tie a member, registered or floating, to a party organisation."""
    _may(by, body.division_code, on)
    return people.record_membership(person=person, body=body, tie=tie, status=status, by=by.pk, on=on)


@transaction.atomic
def transfer_member(*, membership: Membership, to: Body, by: Person, on: date) -> Membership:
    """Move a tie to another organisation: the old one ends on `on`, the new one begins."""
    _may(by, membership.division_code, on)
    people.end_membership(membership=membership, by=by.pk, on=on)
    return people.record_membership(
        person=membership.person, body=to, tie=membership.tie, status=membership.status, by=by.pk, on=on
    )


def appoint(
    *, person: Person, body: Body, kind: PostKind, term_ends_on: date | None = None, by: Person, on: date
) -> Post:
    """Record that a person took a post in a party organisation or committee."""
    _may(by, body.division_code, on)
    return people.take_post(person=person, body=body, kind=kind, term_ends_on=term_ends_on, by=by.pk, on=on)


def relieve(*, post: Post, by: Person, on: date) -> None:
    """Record that a person left a post; its rights end with it."""
    _may(by, post.body.division_code, on)
    people.leave_post(post=post, by=by.pk, on=on)


def _may(by: Person, division_code: str, on: date) -> None:
    if not rules.may_keep_registry(by, division_code, on=on):
        raise PermissionDenied(_("只有本村（社区）或镇的书记、组织干部可以维护党员与组织"))
