"""What the tree of organisations allows."""

from datetime import date

from django.utils.translation import gettext as _

from redhouse.ground.bodies.enums import CHILD_KINDS, PARTY_KINDS, BodyKind
from redhouse.ground.bodies.models import Body
from redhouse.kit.ids import IdError, check_credit_code

_PLACED = {child for children in CHILD_KINDS.values() for child in children}  # kinds that belong under certain others
_OFFICES = (*PARTY_KINDS, BodyKind.TOWN_OFFICE)


def may_stand_under(kind: str, parent_kind: str) -> bool:
    """Kinds that `CHILD_KINDS` names stand where it says; all others under any party organisation or office."""
    if kind in _PLACED:
        return kind in CHILD_KINDS.get(parent_kind, ())
    return parent_kind in _OFFICES


def missing_for_body(
    *, kind: str, name: str, parent: Body | None, is_joint: bool, credit_code: str, on: date
) -> list[str]:
    """Why a body cannot be founded like this on `on`; empty means it can."""
    missing = []
    if not name.strip():
        missing.append(_("组织没有名称，请填写全称"))
    if parent is not None:
        if not may_stand_under(kind, parent.kind):
            missing.append(
                _("“%(name)s”是%(kind)s，不能设在%(parent_kind)s“%(parent)s”之下，请另选上级")
                % {
                    "name": name,
                    "kind": BodyKind(kind).label,
                    "parent_kind": BodyKind(parent.kind).label,
                    "parent": parent.name,
                }
            )
        if not _stands(parent, on):
            missing.append(
                _("上级“%(parent)s”在%(on)s不存在，请核对日期或另选上级") % {"parent": parent.name, "on": on}
            )
    if is_joint and kind != BodyKind.PARTY_BRANCH:
        missing.append(_("“%(name)s”不是党支部，不能设为联合支部") % {"name": name})
    if credit_code:
        try:
            check_credit_code(credit_code)
        except IdError as error:
            missing.append(error.say(_))
    return missing


def _stands(body: Body, on: date) -> bool:
    return body.from_on <= on and (body.until_on is None or on < body.until_on)
