"""Who freezes, proposes, pays and sees lines; what a matter of money lacks before it goes on."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.rules import may
from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import Outcome, StepKind
from redhouse.ground.process.models import RunStep
from redhouse.ground.process.queries import offices_of, open_step, step_rule
from redhouse.ground.process.rules import Missing, may_close, missing_before
from redhouse.kit.numbers import yuan
from redhouse.work.decisions.enums import Basis
from redhouse.work.decisions.models import Matter, ShareRegister
from redhouse.work.decisions.queries.gates import matter_of
from redhouse.work.decisions.queries.money import (
    Share,
    bases_of,
    distribution_of,
    holds_share,
    paid_of,
    questions_open,
    register_of,
)


def may_keep_money(person: Person, matter: Matter, *, on: date) -> bool:
    """Register and table belong to the draft: whoever owes it freezes and proposes. Later only a material change leads
    back there, and every gate is passed anew."""
    return bool(bases_of(matter)) and _at(person, matter, StepKind.DRAFT, on)


def may_pay(person: Person, matter: Matter, *, on: date) -> bool:
    """Whoever owes the execution writes down what was paid."""
    return bool(bases_of(matter)) and _at(person, matter, StepKind.EXECUTE, on)


def may_see_lines(person: Person, matter: Matter, *, on: date) -> bool:
    """Holders of an office of the matter see every line, masked; everybody else sees their own."""
    return bool(bases_of(matter)) and bool(offices_of(person, matter.run, on))


def may_take_names(person: Person, matter: Matter, *, on: date) -> bool:
    """The list with full names, for the bank: who may look behind the mask there. Every look is recorded."""
    return may_see_lines(person, matter, on=on) and may(person, Verb.LOOK_BEHIND_MASK, matter.division_code, on)


def may_question(person: Person, matter: Matter, *, on: date) -> bool:
    """Members of the society, until the register is final."""
    step = open_step(matter.run)
    return (
        bool(bases_of(matter)) and step is not None and step.kind == StepKind.DRAFT and holds_share(person, matter, on)
    )


def may_answer_question(person: Person, matter: Matter, *, on: date) -> bool:
    return may_keep_money(person, matter, on=on)


def _at(person: Person, matter: Matter, kind: StepKind, on: date) -> bool:
    step = open_step(matter.run)
    return step is not None and step.kind == kind and may_close(person, step, on)


def missing_for_register(matter: Matter, basis: Basis, as_of: date, shares: Sequence[Share], on: date) -> list[str]:
    """Why nothing can be frozen yet."""
    missing = []
    if basis not in bases_of(matter):
        missing.append(_("这件事项不能按%(basis)s分配") % {"basis": basis.label})
    if as_of > on:
        missing.append(_("登记册不能截至以后的日子：最晚%(on)s") % {"on": on})
    if not shares or not any(share.units for share in shares):
        missing.append(
            _("%(host)s在%(day)s没有登记成员和份额：请先登记，或用表格导入")
            % {"host": matter.run.host.name, "day": as_of}
        )
    if any(share.units < 0 for share in shares):
        missing.append(_("份额不能是负数"))
    if len({share.person_id for share in shares}) != len(shares):
        missing.append(_("有人在登记册上出现不止一次"))
    if waiting := questions_open(matter):
        missing.append(ngettext("还有%(n)s条份额异议没有答复", "还有%(n)s条份额异议没有答复", waiting) % {"n": waiting})
    return missing


def missing_for_distribution(register: ShareRegister | None, basis: Basis, total_fen: int) -> list[str]:
    if register is None:
        return [_("还没有冻结份额登记册：先冻结，再提分配表")]
    missing = []
    if register.basis != basis:
        missing.append(
            _("登记册是按%(frozen)s冻结的，不能按%(asked)s分配：请按这一依据重新冻结")
            % {"frozen": register.get_basis_display(), "asked": basis.label}
        )
    if total_fen <= 0:
        missing.append(_("分配总额应大于零"))
    elif register.basis == Basis.AMOUNTS and total_fen != register.units:
        missing.append(
            _("逐户金额合计%(sum)s元，与总额%(total)s元不符：请改正总额或表格")
            % {"sum": yuan(register.units), "total": yuan(total_fen)}
        )
    return missing


@missing_before(StepKind.DRAFT, StepKind.VOTE)
def missing_money(step: RunStep, outcome: str, on: date) -> Iterable[Missing]:
    """Nobody deliberates or votes on money before everybody's part is known: a frozen register and an exact table."""
    matter = matter_of(step)
    if outcome not in (Outcome.SUBMITTED, Outcome.PASSED) or matter is None or not bases_of(matter):
        return
    who = "、".join(str(role.label) for role in step_rule(step).owed_by)
    register = register_of(matter)
    if register is None:
        yield Missing(_("还没有冻结份额登记册"), owed_by=who, mend=_("在“资金”里核对成员和份额，冻结"))
    elif (distribution := distribution_of(matter, register)) is None:
        yield Missing(_("还没有分配表"), owed_by=who, mend=_("在“资金”里写明总额，按登记册算出每人的金额"))
    elif matter.amount != distribution.total_fen:
        yield Missing(
            _("事项金额%(amount)s元与分配总额%(total)s元不符")
            % {"amount": yuan(matter.amount or 0), "total": yuan(distribution.total_fen)},
            owed_by=who,
            mend=_("在“资金”里按事项金额重新提出分配表"),
        )


@missing_before(StepKind.EXECUTE)
def missing_payments(step: RunStep, outcome: str, on: date) -> Iterable[Missing]:
    """Every line is paid, or says why not."""
    matter = matter_of(step)
    if outcome != Outcome.EXECUTED or matter is None or not bases_of(matter):
        return
    distribution = distribution_of(matter)
    if distribution is None:
        return
    if waiting := paid_of(distribution).waiting:
        yield Missing(
            ngettext("还有%(n)s笔没有发放，也没有写明原因", "还有%(n)s笔没有发放，也没有写明原因", waiting)
            % {"n": waiting},
            owed_by="、".join(str(role.label) for role in step_rule(step).owed_by),
            mend=_("在“资金”里登记发放，或写明未发放的原因"),
        )
