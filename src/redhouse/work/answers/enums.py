"""Words for the labels that counted rows bear. Rooms of work are blind to one another, so the words stand here."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from redhouse.ground.bodies.enums import BodyKind
from redhouse.ground.people.enums import Tie
from redhouse.ground.places.enums import DivisionKind, SpaceKind, VenueKind, VenueState
from redhouse.ground.process.enums import Outcome


class Matter(models.TextChoices):
    """People, money, assets: what a power is about (人财物, article part four)."""

    PEOPLE = "people", _("人")
    MONEY = "money", _("财")
    ASSETS = "assets", _("物")


class Power(models.TextChoices):
    """The ten important powers. P03, P07 and P08 are named in the article; the other names are compiled [I]."""

    P01 = "p01", _("村组干部人选、聘用与报酬补贴")
    P02 = "p02", _("预决算、大额资金与救助物资使用")
    P03 = "p03", _("重大项目实施")
    P04 = "p04", _("工程建设与采购招投标")
    P05 = "p05", _("集体资产出租、出让、处置")
    P06 = "p06", _("土地发包流转与经营性用地入市")
    P07 = "p07", _("集体经济组织股份分红")
    P08 = "p08", _("补偿款（土地补偿费等）分配")
    P09 = "p09", _("宅基地安排与建房申请")
    P10 = "p10", _("章程、村规民约与成员确认")


POWER_MATTERS = {
    Power.P01: Matter.PEOPLE, Power.P02: Matter.MONEY, Power.P03: Matter.ASSETS, Power.P04: Matter.MONEY,
    Power.P05: Matter.ASSETS, Power.P06: Matter.ASSETS, Power.P07: Matter.MONEY, Power.P08: Matter.MONEY,
    Power.P09: Matter.ASSETS, Power.P10: Matter.PEOPLE,
}  # fmt: skip


class Adopted(models.TextChoices):
    """Gates, principles, goals, modes, roles and the pilot, by the labels of their facts (article, all four parts)."""

    PARTY_INFORM = "party_inform", _("先知")
    PARTY_DELIBERATE = "party_deliberate", _("先议")
    PARTY_LEAD = "party_lead", _("先做")
    LEADER_REVIEW = "leader_review", _("领导把关")
    KEY_POWERS = "key_powers", _("突出重要事权和关键环节")
    PARTY_LEADS_BY_LAW = "party_leads_by_law", _("加强党的领导和依法依规相结合")
    JOINT_PROGRESS = "joint_progress", _("上下联动统筹推进")
    REVIVAL_INDUSTRY = "revival_industry", _("产业振兴")
    REVIVAL_TALENT = "revival_talent", _("人才振兴")
    REVIVAL_CULTURE = "revival_culture", _("文化振兴")
    REVIVAL_ECOLOGY = "revival_ecology", _("生态振兴")
    REVIVAL_ORGANISATION = "revival_organisation", _("组织振兴")
    EFFECTIVE_GOVERNANCE = "effective_governance", _("治理有效")
    HOUSEHOLD = "household", _("户联系")
    THEMED = "themed", _("主题式直联")
    CHECKLIST = "checklist", _("清单式直联")
    PARTY_MEMBER = "party_member", _("党员")
    SOCIAL_WORKER = "social_worker", _("社工")
    VOLUNTEER = "volunteer", _("义工")
    ONE_STREET_TWO_MARKETS = "one_street_two_markets", _("“一街两市”")
    TEXTILE_FIRMS = "textile_firms", _("纺织企业（家）")
    FABRIC_METRES = "fabric_metres_a_year", _("年产面料（米）")
    HIGH_GRADE = "high_grade_percent", _("高档面料占全国（%）")


class SheetState(models.TextChoices):
    """What became of an answer sheet that was sent for approval. Its draft is the live page."""

    SUBMITTED = "submitted", _("已送批")
    APPROVED = "approved", _("已批准并冻结")
    RETURNED = "returned", _("已退回")


class ExtractFault(models.TextChoices):
    """Why the data of an approved sheet were not stored."""

    DIFFERS = "differs", _("登记在批准之后、存档之前改过，用它重算与批准的数字不同；请另送一稿")
    TOO_LARGE = "too_large", _("数据超过100 MB，存不进文件库；请管理员用 redhouse export --parquet 导出后另存")
    BROKEN = "broken", _("写出时出了意外；请再写一次，仍不行请告诉管理员")


class RowState(models.TextChoices):
    """What a figure says of a row of its own."""

    COVERED = "covered", _("有党员联系")
    UNCOVERED = "uncovered", _("没有党员联系")
    VISITED = "visited", _("本年走到过")
    UNVISITED = "unvisited", _("本年还没走到")
    ANSWERED = "answered", _("已答复反映人")
    UNANSWERED = "unanswered", _("还没有答复")
    IN_TIME = "in_time", _("各步都按期")
    LATE = "late", _("有一步过了期限")
    CALL_YES = "call_yes", _("来过")
    CALL_NO = "call_no", _("没有来过")
    CALL_UNSURE = "call_unsure", _("记不清")
    CALL_UNREACHED = "call_unreached", _("联系不上")
    NOT_STATED = "not_stated", _("原文未述")


class Stage(models.TextChoices):
    """Where a matter of the ten powers stands, by the step that was closed last (figure F25)."""

    DRAFT = "stage_draft", _("起草")
    GATES = "stage_gates", _("前置与监督")
    NOTICE = "stage_notice", _("公示与通知")
    VOTE = "stage_vote", _("表决")
    DECISION = "stage_decision", _("决议公开与异议")
    EXECUTE = "stage_execute", _("报批与执行")
    RESULT = "stage_result", _("结果与归档")
    ENDED = "stage_ended", _("已办结")


class Sheet(models.TextChoices):
    """What hangs on a board, by the labels of its facts."""

    PRE_VOTE = "pre_vote", _("表决前公示")
    DECISION = "decision", _("决议公示")
    RESULT = "result", _("结果公示")
    AFFAIRS = "affairs", _("村（居）务公开")


def said_of_run(label: str) -> str:
    """`P07.review.returned` as 股份分红，退回: the power, and how a step of it was closed; other labels as they are."""
    power, _dot, rest = label.partition(".")
    if power.lower() not in Power.values:
        return label
    outcome = rest.rpartition(".")[2]
    said = str(Power(power.lower()).label)
    return f"{said}，{Outcome(outcome).label}" if outcome in Outcome.values else said


def words() -> dict[str, str | Promise]:
    """Label as written in a row -> word as shown."""
    vocabularies = (
        BodyKind, Tie, DivisionKind, SpaceKind, VenueKind, VenueState, Power, Adopted, RowState, Stage, Sheet,
    )  # fmt: skip
    return {value: label for vocabulary in vocabularies for value, label in vocabulary.choices}
