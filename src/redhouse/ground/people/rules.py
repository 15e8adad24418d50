"""What a person, a membership, a post and a household must satisfy."""

import re
from collections.abc import Collection

from django.utils.translation import gettext as _

from redhouse.ground.bodies.enums import PARTY_KINDS, BodyKind
from redhouse.ground.bodies.models import Body
from redhouse.kit.ids import check_citizen_id, check_phone

_DEMO_PHONE = re.compile(r"100[0-9]{8}")  # no network in China hands out numbers that begin with 100

COLLECTIVES = (BodyKind.ECON_SOCIETY, BodyKind.ECON_UNION)
_LEADERS = {"secretary", "deputy_secretary"}


def normal_citizen_id(text: str, *, is_demo: bool) -> str:
    """The id as it is kept, empty for none; IdError with a sentence where it fails its check."""
    return check_citizen_id(text, demo=is_demo) if text else ""


def normal_phone(text: str, *, is_demo: bool) -> str:
    """The number as it is dialled, empty for none. An invented person has an invented number: 100 and 8 digits."""
    if not text or (is_demo and _DEMO_PHONE.fullmatch(text)):
        return text
    return check_phone(text)


def missing_for_membership(body: Body) -> list[str]:
    """Members belong to party organisations."""
    if body.kind in PARTY_KINDS:
        return []
    return [
        _("“%(body)s”是%(kind)s，不是党组织，不能登记党员，请另选党组织")
        % {"body": body.name, "kind": BodyKind(body.kind).label}
    ]


def missing_for_post(kind: str, body: Body) -> list[str]:
    """Secretaries and their deputies stand in party organisations only."""
    if kind in _LEADERS and body.kind not in PARTY_KINDS:
        return [_("“%(body)s”不是党组织，没有书记、副书记，请核对职务或组织") % {"body": body.name}]
    return []


def missing_for_society_member(body: Body) -> list[str]:
    """Members with shares belong to rural collectives: a society of a group, or the union of a village."""
    if body.kind in COLLECTIVES:
        return []
    return [_("“%(body)s”不是经济社或经联社，不能登记成员和股份") % {"body": body.name}]


def missing_for_household(residents: int, dwelling_code: str | None, division_code: str) -> list[str]:
    """Somebody lives there, behind a door of the same division."""
    missing = []
    if residents < 1:
        missing.append(_("户内人口至少1人，请核对"))
    if dwelling_code is None:
        missing.append(_("门牌尚未登记，请先登记门牌"))
    elif dwelling_code != division_code:
        missing.append(
            _("住户登记在%(household)s，门牌却在%(dwelling)s，请核对")
            % {"household": division_code, "dwelling": dwelling_code}
        )
    return missing


def unique(sentences: Collection[str]) -> list[str]:
    """Each sentence once, in order: a batch says a slip once, not once a row."""
    return list(dict.fromkeys(sentences))
