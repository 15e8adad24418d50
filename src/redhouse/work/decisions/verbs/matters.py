"""Open a matter, do what its gates ask for, close its steps."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Person
from redhouse.ground.process import actions as process
from redhouse.ground.process.actions import OutOfTurn
from redhouse.ground.process.enums import Outcome
from redhouse.ground.process.models import ProcedureVersion
from redhouse.ground.process.queries import open_step, procedure_of, step_rule, version_in_force
from redhouse.kit.today import today
from redhouse.web.verbs import Doing, Done, verb
from redhouse.work.decisions import actions, queries, rules
from redhouse.work.decisions.definitions import POWERS
from redhouse.work.decisions.enums import Channel, Stance
from redhouse.work.decisions.forms import (
    AmendForm,
    AnswerForm,
    CheckForm,
    CloseForm,
    DemandForm,
    ExplainForm,
    OpenForm,
    OpinionForm,
    PaperForm,
    ReasonForm,
)
from redhouse.work.decisions.models import Matter, Opinion
from redhouse.work.decisions.queries.homes import home_for
from redhouse.work.decisions.queries.lists import hosts_for

MATTER = "matters/{matter_id}"
OPENERS = gettext_lazy("事项由本村（社区）或镇的书记、主任、理事长提出。")


def power_for(person: Person, code: str) -> ProcedureVersion | None:
    """The version that binds a matter of this power opened today where this person stands, for who may open one."""
    return version_in_force(code.upper(), person.division_code, today()) if code.upper() in POWERS else None


def _may_open(person: Person, version: ProcedureVersion, *, on: Any) -> bool:
    return rules.may_open_any(person, on=on)


def _opening(version: ProcedureVersion, person: Person) -> dict[str, Any]:
    hosts = [(host.pk, host.name) for host in hosts_for(person, today())]
    return {"procedure": procedure_of(version), "hosts": hosts}


@verb(
    gettext_lazy("提出事项"), "matters/new/{code}", power_for, OpenForm, given=_opening, rule=_may_open, who=OPENERS
)  # fmt: skip
def propose(version: ProcedureVersion, do: Doing) -> Done:
    said = do.said
    matter = actions.open_matter(
        code=version.code,
        host=next(host for host in hosts_for(do.by, do.on) if str(host.pk) == said["host"]),
        title=said["title"],
        summary=said["summary"],
        amount=do.form.fen,
        lead_minimum=said["lead_minimum"],
        facts_of=do.form.facts_of,
        plan=said["plan"],
        by=do.by,
        on=do.on,
    )
    return Done(_("已提出，编号%(number)s。") % {"number": matter.number}, {"matter": matter.pk})


def _outcomes(matter: Matter, person: Person) -> dict[str, Any]:
    """All there are: which of them fit the open step is said after whether it is still the same step."""
    return {"outcomes": tuple(Outcome)}


@verb(gettext_lazy("办结这一步"), f"{MATTER}/close", queries.matter_for, CloseForm, given=_outcomes)
def close(matter: Matter, do: Doing) -> str:
    """`step` is the one that the form was filled in for: somebody else may have closed it meanwhile."""
    said, step = do.said, open_step(matter.run)
    if step is None or said["step"] not in (None, step.pk):
        raise OutOfTurn(_("这一步刚才已经有人办了，请看最新的进程。"))
    name, outcome = step_rule(step).name, Outcome(said["outcome"])
    process.close_step(step=step, outcome=outcome, reason=said["reason"], by=do.by, on=do.on)
    return _("“%(step)s”已办结：%(outcome)s。") % {"step": name, "outcome": outcome.label}


@verb(gettext_lazy("发先知通知"), f"{MATTER}/inform", queries.matter_for)
def inform(matter: Matter, do: Doing) -> Done:
    row = actions.inform_members(matter=matter, by=do.by, on=do.on)
    return Done(_("先知通知已发出。"), {"notice": row.notice_id})


@verb(gettext_lazy("登记上门说明"), f"{MATTER}/explain", queries.matter_for, ExplainForm)
def explain(matter: Matter, do: Doing) -> str:
    said = do.said
    household = home_for(do.by, matter, said["household"], do.on)
    if household is None:
        raise NotYet([_("没有这一户，或不在您的范围里")])
    actions.explain_matter(
        matter=matter, household=household, stance=Stance(said["stance"]), opinion=said["opinion"], by=do.by, on=do.on
    )
    return _("已登记。")


@verb(gettext_lazy("逐项核对"), f"{MATTER}/check", queries.matter_for, CheckForm)
def check(matter: Matter, do: Doing) -> str:
    actions.check_items(matter=matter, marks=do.form.marks, by=do.by, on=do.on)
    return _("核对单已记下。")


@verb(gettext_lazy("归入文件"), f"{MATTER}/papers", queries.matter_for, PaperForm)
def file_paper(matter: Matter, do: Doing) -> Done:
    said = do.said
    paper = actions.file_paper(
        matter=matter, kind=said["kind"], title=said["title"], upload=said["file"], by=do.by, on=do.on
    )
    return Done(_("文件已归入这一步。"), {"paper": paper.pk})


@verb(gettext_lazy("换新的一版"), f"{MATTER}/papers/{{paper_id}}/amend", queries.paper_for, AmendForm)
def amend_paper(found: tuple[Matter, Paper], do: Doing) -> str:
    """A new version of a filed paper, editorial or material."""
    (matter, paper), said = found, do.said
    actions.amend_plan(
        matter=matter,
        paper=paper,
        upload=said["file"],
        is_material=said["is_material"],
        reason=said["reason"],
        by=do.by,
        on=do.on,
    )
    return _("新的一版已存；前置环节重走。") if said["is_material"] else _("新的一版已存。")


@verb(gettext_lazy("提意见"), f"{MATTER}/opinions", queries.matter_for, OpinionForm)
def speak(matter: Matter, do: Doing) -> str:
    text = do.said["text"]
    actions.record_opinion(matter=matter, text=text, channel=Channel.ONLINE, person=do.by, by=do.by, on=do.on)
    return _("意见已收到，答复后会通知您。")


@verb(gettext_lazy("答复意见"), f"{MATTER}/opinions/{{opinion_id}}/answer", queries.opinion_for, AnswerForm)
def answer_opinion(opinion: Opinion, do: Doing) -> str:
    actions.answer_opinion(opinion=opinion, **do.said, by=do.by, on=do.on)
    return _("已答复。")


@verb(gettext_lazy("中止"), f"{MATTER}/suspend", queries.matter_for, ReasonForm)
def suspend(matter: Matter, do: Doing) -> str:
    process.suspend_run(run=matter.run, reason=do.said["reason"], by=do.by, on=do.on)
    return _("已中止，时限停算。")


@verb(gettext_lazy("恢复办理"), f"{MATTER}/resume", queries.matter_for)
def resume(matter: Matter, do: Doing) -> str:
    process.resume_run(run=matter.run, by=do.by, on=do.on)
    return _("已恢复办理。")


@verb(gettext_lazy("登记联名要求召集"), f"{MATTER}/demand", queries.matter_for, DemandForm)
def demand(matter: Matter, do: Doing) -> str:
    said = do.said
    row = process.demand_convening(run=matter.run, count=said["count"], electors=said["electors"], by=do.by, on=do.on)
    return _("已登记，%(day)s前召集；期满未召集的，提交镇并公开。") % {"day": row.due_on}
