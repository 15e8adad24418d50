"""Organisations as they stand on a day: who leads, who sits where from when, what is missing, how many members."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything
from redhouse.ground.bodies.enums import PARTY_KINDS, BodyKind, RelationKind
from redhouse.ground.bodies.models import Body, Relation
from redhouse.ground.bodies.queries import line_up, relations_of, standing_below
from redhouse.ground.people.enums import LEADS, PostKind, Tie
from redhouse.ground.people.queries import Seated, members_below, posts_in
from redhouse.ground.places.models import Division
from redhouse.ground.places.queries import villages, within

SOON = timedelta(days=90)  # a term that ends within it is said by word
_KINDS = BodyKind.values


@dataclass(frozen=True)
class Seat:
    """One post: whose, what, from when, until when. Names of post-holders are public in the house."""

    name: str
    kind: PostKind
    from_on: date
    ends_on: date | None
    is_over: bool
    is_ending: bool

    @classmethod
    def of(cls, post: Seated, on: date) -> Seat:
        ends = post.term_ends_on
        return cls(
            name=post.name,
            kind=PostKind(post.kind),
            from_on=post.from_on,
            ends_on=ends,
            is_over=ends is not None and ends <= on,
            is_ending=ends is not None and on < ends <= on + SOON,
        )


@dataclass(frozen=True)
class Node:
    """A body as the tree shows it. `registered` and `floating` count its members with those of all that stand under
    it; `below` how many stand directly under it."""

    body: Body
    seats: list[Seat]
    registered: int
    floating: int
    below: int
    relations: list[Relation]

    @property
    def kind(self) -> BodyKind:
        return BodyKind(self.body.kind)

    @property
    def marks(self) -> str:
        """What kind of branch it is, where it is a special one."""
        joint, area = _("联合支部") if self.body.is_joint else "", _("区域性") if self.body.is_area else ""
        return "".join(f"　{mark}" for mark in (joint, area) if mark)

    @property
    def members(self) -> str:
        """How many members, by tie; empty for bodies that are not of the party."""
        if self.body.kind not in PARTY_KINDS:
            return ""
        floating = _("，流动%(n)s") % {"n": self.floating} if self.floating else ""
        return _("在册%(n)s") % {"n": self.registered} + floating

    @cached_property
    def leads(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.kind == LEADS.get(self.body.kind)]

    @property
    def kind_name(self) -> str:
        """With what kind of branch it is."""
        return f"{self.kind.label}{self.marks}"

    @property
    def leading(self) -> str:
        """Who leads it, in words."""
        return "、".join(f"{seat.kind.label}　{seat.name}" for seat in self.leads)

    @cached_property
    def missing(self) -> str:
        """The post that leads a body of this kind, where nobody is registered in it."""
        kind = LEADS.get(self.body.kind)
        return "" if kind is None or self.leads else str(PostKind(kind).label)

    @cached_property
    def over(self) -> int:
        """How many seats have a term that is over."""
        return sum(seat.is_over for seat in self.seats)

    @cached_property
    def ending(self) -> int:
        """How many seats have a term that ends soon."""
        return sum(seat.is_ending for seat in self.seats)

    @property
    def said(self) -> list[str]:
        """Relations in words: who guides it, whom it supervises."""
        said = []
        for relation in self.relations:
            kind = RelationKind(relation.kind).label
            if relation.from_body_id == self.body.pk:
                said.append(_("%(kind)s：%(name)s") % {"kind": kind, "name": relation.to_body.name})
            else:
                said.append(_("受“%(name)s”%(kind)s") % {"kind": kind, "name": relation.from_body.name})
        return said


def nodes(bodies: Iterable[Body], on: date, *, related_to: Iterable[Body] | None = None) -> list[Node]:
    """What the tree says about each of these bodies; as many queries for one as for a thousand. `related_to`: those
    whose relations are said (all by default); a list of bodies says none, since those of a town are a thousand rows."""
    rows = list(bodies)
    ids = [body.pk for body in rows]
    ends = ids if related_to is None else [body.pk for body in related_to]
    below, relations = standing_below(ids, on), relations_of(ends, on) if ends else []
    with everything():  # names of post-holders and bare numbers of members, whoever asks
        posts, members = posts_in(ids, on), members_below(ids, on)
    seats: dict[int, list[Seat]] = {}
    for post in posts:
        seats.setdefault(post.body_id, []).append(Seat.of(post, on))
    related: dict[int, list[Relation]] = {}
    for relation in relations:
        for end in {relation.from_body_id, relation.to_body_id}.intersection(ends):
            related.setdefault(end, []).append(relation)
    return [
        Node(
            body=body,
            seats=sorted(seats.get(body.pk, []), key=lambda seat: seat.kind != LEADS.get(body.kind)),
            registered=members.get(body.pk, {}).get(Tie.REGISTERED, 0),
            floating=members.get(body.pk, {}).get(Tie.FLOATING, 0),
            below=below.get(body.pk, 0),
            relations=related.get(body.pk, []),
        )
        for body in rows
    ]


def node_of(body: Body, on: date) -> Node:
    return nodes([body], on)[0]


def children_of(body: Body, on: date) -> list[Node]:
    return nodes(_children(body, on), on, related_to=())


def party_tree(on: date) -> tuple[list[Node], list[Node]]:
    """Party organisations that stand under none; and where that is one, the town committee, those directly under it."""
    roots = _in_order(Body.objects.as_of(on).filter(parent=None, kind__in=PARTY_KINDS))
    found = nodes([*roots, *(_children(roots[0], on) if len(roots) == 1 else ())], on, related_to=roots)
    return found[: len(roots)], found[len(roots) :]


def bodies_at(code: str, on: date) -> list[Node]:
    """Bodies inside one village (or at the town itself) whose superior lies elsewhere; the others open below them."""
    at_town = code.endswith("000")
    here = Body.objects.as_of(on).filter(within([code]))
    tops = here.exclude(parent__in=here.values("pk")) if not at_town else here.filter(parent=None)
    return nodes(_in_order(tops), on, related_to=())


def town_and_villages(on: date) -> tuple[Division | None, list[Division]]:
    """The town of this house (None in an empty one) and its villages."""
    return Division.objects.as_of(on).filter(kind="town").order_by("code").first(), list(villages(on))


def body_numbered(body_id: int) -> Body | None:
    return Body.objects.filter(pk=body_id).first()


def way_up(body: Body) -> list[Body]:
    """The superiors, highest first."""
    return line_up(body)[::-1]


def _children(body: Body, on: date) -> list[Body]:
    return _in_order(Body.objects.as_of(on).filter(parent=body))


def _in_order(bodies: Iterable[Body]) -> list[Body]:
    """The party first, then by kind as the glossary lists them, then by place."""
    return sorted(bodies, key=lambda body: (_KINDS.index(body.kind), body.division_code, body.pk))
