"""The closed vocabularies of procedures. A procedure file may say nothing that is not here: no expressions, no code."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StepKind(models.TextChoices):
    """What a step is, in the order in which every matter takes them (`MatterStage`)."""

    DRAFT = "draft", _("起草")
    PARTY_INFORM = "party_inform", _("先知")
    PARTY_DELIBERATE = "party_deliberate", _("先议")
    PARTY_LEAD = "party_lead", _("先做")
    LEADER_REVIEW = "leader_review", _("领导把关")
    SUPERVISION_CHECK = "supervision_check", _("监督审查")
    PRE_PUBLICITY = "pre_publicity", _("表决前公示")
    NOTICE = "notice", _("会议通知")
    VOTE = "vote", _("表决")
    DECISION_PUBLICITY = "decision_publicity", _("决议公示")
    OBJECTION = "objection", _("异议")
    APPROVAL = "approval", _("报批")
    EXECUTE = "execute", _("执行")
    RESULT_PUBLICITY = "result_publicity", _("结果公示")
    ARCHIVE = "archive", _("归档")
    # a case (网格事件、联系问题): somebody reports, others settle it [GB/T 30428.8]
    ACCEPT = "accept", _("受理")
    FILE = "file", _("立案")
    DISPATCH = "dispatch", _("派遣")
    HANDLE = "handle", _("处置")
    VERIFY = "verify", _("核查")
    CLOSE = "close", _("答复与结案")
    # not steps that anybody takes: where the way parts by a typed fact of the matter, and where it ends
    BRANCH = "branch", _("分支")
    END = "end", _("终点")


GATES = (
    StepKind.PARTY_INFORM,
    StepKind.PARTY_DELIBERATE,
    StepKind.PARTY_LEAD,
    StepKind.LEADER_REVIEW,
    StepKind.SUPERVISION_CHECK,
)

CASE_KINDS = (
    StepKind.ACCEPT,
    StepKind.FILE,
    StepKind.DISPATCH,
    StepKind.HANDLE,
    StepKind.VERIFY,
    StepKind.CLOSE,
)
FIRST_KINDS = (StepKind.DRAFT, StepKind.ACCEPT)  # where a matter begins, and where a case does


class Outcome(models.TextChoices):
    """How a person closes a step."""

    SUBMITTED = "submitted", _("已提交")
    INFORMED = "informed", _("已先知")
    AGREED = "agreed", _("同意")
    LED = "led", _("已先做")
    PASSED = "passed", _("通过")
    RETURNED = "returned", _("退回")
    CHECKED = "checked", _("已审查")
    POSTED = "posted", _("已公示")
    NOTIFIED = "notified", _("已通知")
    FAILED = "failed", _("未通过")
    INQUORATE = "inquorate", _("未达法定人数")
    SETTLED = "settled", _("异议已答复")
    UPHELD = "upheld", _("异议成立")
    EXECUTED = "executed", _("已执行")
    ARCHIVED = "archived", _("已归档")
    CHANGED = "changed", _("有实质修改")
    WITHDRAWN = "withdrawn", _("撤回")
    ACCEPTED = "accepted", _("已受理")
    REJECTED = "rejected", _("不予受理")
    FILED = "filed", _("已立案")
    DISPATCHED = "dispatched", _("已派遣")
    ESCALATED = "escalated", _("吹哨上报")
    HANDLED = "handled", _("已处置")
    VERIFIED = "verified", _("核查通过")
    CLOSED = "closed", _("已结案")
    CLOSED_REGARDLESS = "closed_regardless", _("说明理由结案")  # though the reporter is not content
    REOPENED = "reopened", _("重新办理")
    MOVED = "moved", _("转入另一版程序")  # no procedure leads here: a recorded decision does (`actions.move_run`)


# How a step turns a matter aside. Each needs a reason, and is public (`Step.disclosed`).
ASIDE = frozenset(
    (
        Outcome.RETURNED,
        Outcome.CHANGED,
        Outcome.FAILED,
        Outcome.INQUORATE,
        Outcome.UPHELD,
        Outcome.WITHDRAWN,
        Outcome.REJECTED,
        Outcome.ESCALATED,
        Outcome.CLOSED_REGARDLESS,
        Outcome.REOPENED,
    )
)

# These lead back or out, so neither clocks nor evidence stand in their way; each says why.
BACKWARD = (
    Outcome.RETURNED,
    Outcome.CHANGED,
    Outcome.UPHELD,
    Outcome.WITHDRAWN,
    Outcome.MOVED,
    Outcome.REJECTED,
    Outcome.ESCALATED,
    Outcome.REOPENED,
)
REASONED = (*BACKWARD, Outcome.CLOSED_REGARDLESS)  # these say why

# Which outcomes a step of each kind may have. `OPTIONAL` ones are open only where a procedure leads them on.
OUTCOMES: dict[StepKind, tuple[Outcome, ...]] = {
    StepKind.DRAFT: (Outcome.SUBMITTED, Outcome.WITHDRAWN),
    StepKind.PARTY_INFORM: (Outcome.INFORMED, Outcome.CHANGED, Outcome.WITHDRAWN),
    StepKind.PARTY_DELIBERATE: (Outcome.AGREED, Outcome.RETURNED, Outcome.CHANGED, Outcome.WITHDRAWN),
    StepKind.PARTY_LEAD: (Outcome.LED, Outcome.CHANGED, Outcome.WITHDRAWN),
    StepKind.LEADER_REVIEW: (Outcome.PASSED, Outcome.RETURNED, Outcome.CHANGED, Outcome.WITHDRAWN),
    StepKind.SUPERVISION_CHECK: (Outcome.CHECKED, Outcome.CHANGED, Outcome.WITHDRAWN),  # comments, no veto
    StepKind.PRE_PUBLICITY: (Outcome.POSTED, Outcome.CHANGED, Outcome.WITHDRAWN),
    StepKind.NOTICE: (Outcome.NOTIFIED, Outcome.CHANGED, Outcome.WITHDRAWN),
    StepKind.VOTE: (Outcome.PASSED, Outcome.FAILED, Outcome.INQUORATE, Outcome.CHANGED, Outcome.WITHDRAWN),
    StepKind.DECISION_PUBLICITY: (Outcome.POSTED,),
    StepKind.OBJECTION: (Outcome.SETTLED, Outcome.UPHELD),
    StepKind.APPROVAL: (Outcome.PASSED, Outcome.RETURNED),
    StepKind.EXECUTE: (Outcome.EXECUTED,),
    StepKind.RESULT_PUBLICITY: (Outcome.POSTED,),
    StepKind.ARCHIVE: (Outcome.ARCHIVED,),
    StepKind.ACCEPT: (Outcome.ACCEPTED, Outcome.REJECTED),
    StepKind.FILE: (Outcome.FILED, Outcome.REJECTED),
    StepKind.DISPATCH: (Outcome.DISPATCHED, Outcome.RETURNED, Outcome.ESCALATED),
    StepKind.HANDLE: (Outcome.HANDLED, Outcome.RETURNED, Outcome.ESCALATED),
    StepKind.VERIFY: (Outcome.VERIFIED, Outcome.RETURNED),
    StepKind.CLOSE: (Outcome.CLOSED, Outcome.CLOSED_REGARDLESS, Outcome.REOPENED),
    StepKind.BRANCH: (),
    StepKind.END: (),
}

OPTIONAL = frozenset((Outcome.CHANGED, Outcome.WITHDRAWN))
OPTIONAL_IN_CASES = frozenset((Outcome.REJECTED, Outcome.RETURNED, Outcome.ESCALATED, Outcome.CLOSED_REGARDLESS))


def must_lead_on(kind: StepKind, outcome: Outcome) -> bool:
    """Whether every step of the kind says where this outcome leads. Who verifies must be able to send back."""
    if kind in CASE_KINDS:
        return outcome not in OPTIONAL_IN_CASES or (kind, outcome) == (StepKind.VERIFY, Outcome.RETURNED)
    return outcome not in OPTIONAL


class Role(models.TextChoices):
    """Who may owe a step. Posts fill roles: `queries.holders`."""

    TOWN_ORG_OFFICE = "town_org_office", _("镇组织办")
    TOWN_LEADER = "town_leader", _("镇领导")
    STATION_LEADER = "station_leader", _("驻点领导")
    VILLAGE_SECRETARY = "village_secretary", _("村（社区）党组织书记")
    BRANCH_SECRETARY = "branch_secretary", _("党支部书记")
    VILLAGE_DIRECTOR = "village_director", _("村（居）委会主任")
    SUPERVISOR = "supervisor", _("村（居）务监督委员会")
    REC_DIRECTOR = "rec_director", _("集体经济组织理事长")
    REC_SUPERVISOR = "rec_supervisor", _("集体经济组织监事会")
    GRID_WORKER = "grid_worker", _("网格员")
    GRID_DISPATCHER = "grid_dispatcher", _("镇网格调度员")
    TOWN_HANDLER = "town_handler", _("镇职能办经办人")


CASE_ROLES = frozenset({Role.GRID_WORKER, Role.GRID_DISPATCHER, Role.TOWN_HANDLER})


class Unit(models.TextChoices):
    """Days of the calendar, or days on which offices work. A period counts from the next day; hours count at once."""

    DAY = "day", _("日")
    WORKING_DAY = "working_day", _("个工作日")
    HOUR = "hour", _("小时")
    WORK_HOUR = "work_hour", _("个工作小时")


HOURS = (Unit.HOUR, Unit.WORK_HOUR)


class Bound(models.TextChoices):
    """A clock that must have run out before work goes on, or one within which work is owed (late is only flagged)."""

    AT_LEAST = "at_least", _("不少于")
    AT_MOST = "at_most", _("不超过")


class Mark(models.TextChoices):
    """How sure a rule is: sourced, our own choice, or unverified and never shown as law."""

    SOURCED = "S", _("有出处")
    CHOSEN = "I", _("本系统选择，可配置")
    UNVERIFIED = "U", _("未核实，不作为法律依据")


class MatterFact(models.TextChoices):
    """Typed facts of a matter, on which alone a way may part."""

    OVER_CHARTER_LIMIT = "over_charter_limit", _("金额超过章程限额")
    COLLECTIVE_ASSETS = "collective_assets", _("属集体经济组织事项")
    DELEGATED_BY_CHARTER = "delegated_by_charter", _("章程授权成员代表大会")
    DELEGATED_BY_ASSEMBLY = "delegated_by_assembly", _("村（居）民会议授权代表会议")
    COMMUNITY = "community", _("社区（居民委员会）")
    HOMESTEAD_PLAN = "homestead_plan", _("宅基地使用方案（不是单户申请）")
    PERSONNEL_MATTER = "personnel_matter", _("人事事项类别")
    LAND_MATTER = "land_matter", _("土地事项类别")
    CHOSEN_BODY = "chosen_body", _("章程或者村规民约指定讨论单户申请的会议")


YES_NO = ("yes", "no")
FACT_VALUES: dict[MatterFact, tuple[str, ...]] = {
    MatterFact.OVER_CHARTER_LIMIT: YES_NO,
    MatterFact.COLLECTIVE_ASSETS: YES_NO,
    MatterFact.DELEGATED_BY_CHARTER: YES_NO,
    MatterFact.DELEGATED_BY_ASSEMBLY: YES_NO,
    MatterFact.COMMUNITY: YES_NO,
    MatterFact.HOMESTEAD_PLAN: YES_NO,
    MatterFact.PERSONNEL_MATTER: ("election", "rec", "subsidy"),
    MatterFact.LAND_MATTER: ("contracting", "outside_contract", "construction_land"),
    MatterFact.CHOSEN_BODY: ("group_assembly", "rec_members_assembly"),
}


class Origin(models.TextChoices):
    """Whose version it is: what law and the town's opinion ask of everybody, or that with a town's own additions."""

    LAW = "law", _("法定版本")
    TOWN = "town", _("镇增订版本")


class Ending(models.TextChoices):
    """How a run ends."""

    ARCHIVED = "archived", _("已归档")
    REJECTED_BY_VOTE = "rejected_by_vote", _("表决未通过")
    WITHDRAWN = "withdrawn", _("已撤回")
    CLOSED = "closed", _("已结案")
    REJECTED = "rejected", _("不予受理")
    HANDED_UP = "handed_up", _("已转上级")


class ReportOrigin(models.TextChoices):
    """Where a problem was found."""

    VISIT = "visit", _("走访发现")
    INSPECTION = "inspection", _("巡查发现")
    RESIDENT = "resident", _("群众上报")
    SYSTEM = "system", _("系统转入")


class Urgency(models.TextChoices):
    """How soon it must be dealt with; the limits are those of the type [I: 2 hours, 3 and 15 working days]."""

    URGENT = "urgent", _("紧急")
    ORDINARY = "ordinary", _("一般")
    COMPLEX = "complex", _("复杂")


class ReplyWay(models.TextChoices):
    PAGE = "page", _("进度页")  # the reporter wrote it there
    PHONE = "phone", _("电话")
    MESSAGE = "message", _("短信")
    DOOR = "door", _("上门")


class ReplyResult(models.TextChoices):
    """What came of answering the reporter."""

    CONTENT = "content", _("已答复，上报人认可")
    NOT_CONTENT = "not_content", _("已答复，上报人不认可")
    NOT_REACHED = "not_reached", _("联系过，没有联系上")
    NOBODY = "nobody", _("没有留下联系方式")


class Exclusion(models.TextChoices):
    """Why somebody on the roll does not vote on this matter (village committees law; rural collectives law a.30)."""

    RECUSED = "recused", _("本人回避")
    KIN = "kin", _("近亲属回避")


class Way(models.TextChoices):
    """How an elector attends."""

    ONSITE = "onsite", _("现场签到")
    ONLINE = "online", _("线上参加")
    PROXY = "proxy", _("书面委托")


class Channel(models.TextChoices):
    """By which way an elector's one ballot was given out."""

    PAPER = "paper", _("纸质")
    ONLINE = "online", _("线上")


class Method(models.TextChoices):
    """How a body votes, as law and charter say."""

    SECRET = "secret", _("无记名投票")
    NAMED = "named", _("记名投票")
    HANDS = "hands", _("举手表决")


class Choice(models.TextChoices):
    """What stands on a ballot; an invalid one counts as cast and as nothing else."""

    FOR = "for", _("赞成")
    AGAINST = "against", _("反对")
    ABSTAIN = "abstain", _("弃权")
    INVALID = "invalid", _("废票")


class MeetingEnding(models.TextChoices):
    HELD = "held", _("已结束")
    ADJOURNED = "adjourned", _("延期再开")
    INQUORATE = "inquorate", _("未达法定人数")


LIVE_CHOICES = (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)
TURNS = (1, 2)  # two independent keyings
