"""Whether the steps of a file hang together: every name is known, every step is reached."""

from collections import Counter

from django.utils.translation import gettext as _

from redhouse.ground.process.enums import CASE_KINDS, FIRST_KINDS, StepKind
from redhouse.ground.process.procedure.shape import Procedure, Step
from redhouse.ground.process.procedure.table import ProcedureError


def check_whole(procedure: Procedure, origin: str) -> None:
    """Raises ProcedureError for the first slip, in the order of the file."""
    if doubled := [key for key, count in Counter(step.key for step in procedure.steps).items() if count > 1]:
        raise _slip(origin, doubled[0], "key", _("与另一步重名，请改一个。"))
    if procedure.first.kind not in FIRST_KINDS:
        raise _slip(origin, procedure.first.key, "kind", _("第一步必须是起草（draft），或者受理（accept）。"))
    for step in procedure.steps:
        if step.is_human and (step.kind in CASE_KINDS) != procedure.is_case:
            raise _slip(origin, step.key, "kind", _("事权的步骤和事件的步骤不能混在一个程序里。"))
        if step.kind == StepKind.BRANCH and procedure.is_case:
            raise _slip(origin, step.key, "kind", _("事件的每一步都由人办，不设分支。"))
        _check_names(procedure, step, origin)
    reached = _reached(procedure)
    for step in procedure.steps:
        if step.key not in reached:
            raise _slip(origin, step.key, "key", _("没有任何一步通到这里：请接上，或者删去这一步。"))


def _reached(procedure: Procedure) -> set[str]:
    """Every step that some way leads to."""
    waiting, reached = [procedure.first.key], {procedure.first.key}
    while waiting:
        new = set(procedure.by_key[waiting.pop()].next.values()) - reached
        reached |= new
        waiting.extend(new)
    return reached


def _check_names(procedure: Procedure, step: Step, origin: str) -> None:
    for way, target in step.next.items():
        if target not in procedure.by_key:
            raise _slip(origin, step.key, f"next.{way}", _("没有“%(key)s”这一步。") % {"key": target})
    for clock in step.clocks:
        if clock.before not in procedure.by_key:
            raise _slip(origin, step.key, "clocks.before", _("没有“%(key)s”这一步。") % {"key": clock.before})
    for other in step.apart_from:
        if other not in procedure.by_key or other == step.key:
            raise _slip(origin, step.key, "apart_from", _("“%(key)s”应是另外一步的 key。") % {"key": other})


def _slip(origin: str, key: str, field: str, mend: str) -> ProcedureError:
    values = {"origin": origin, "key": key, "field": field, "mend": mend}
    return ProcedureError(_("%(origin)s，步骤 %(key)s，“%(field)s”一项：%(mend)s") % values)
