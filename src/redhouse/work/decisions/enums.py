"""Closed vocabularies of a matter."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from redhouse.ground.papers.enums import MediaType
from redhouse.ground.process.enums import StepKind


class Stance(models.TextChoices):
    """What a household said when the matter was explained at its door (先做)."""

    AGREES = "agrees", _("赞成")
    OBJECTS = "objects", _("有不同意见")
    ASKS = "asks", _("有疑问")
    SILENT = "silent", _("没有表态")


class CheckItem(models.TextChoices):
    """What the supervision committee looks at before a matter goes to the electors (village law a.37; list: [I])."""

    INFORMED = "informed", _("先知：应知的党员都已签收")
    DELIBERATED = "deliberated", _("先议：会议人数和表决合规，有纪要")
    LED = "led", _("先做：已向联系户说明并收集意见")
    REVIEWED = "reviewed", _("领导把关：意见明确，不是提出人自己把关")
    COMPLETE = "complete", _("方案、附件和金额齐备一致")
    BODY = "body", _("表决机构依法依章程有权决定")
    CONFLICT = "conflict", _("有利害关系的人已回避")
    OPINIONS = "opinions", _("收到的意见都有答复")


class Channel(models.TextChoices):
    """How an opinion came in. Entry by somebody else is said to be such."""

    DOOR = "door", _("上门")
    MEETING = "meeting", _("会上")
    PAPER = "paper", _("书面")
    ONLINE = "online", _("网上")


class PublicityKind(models.TextChoices):
    """What is put up on the board. The first three belong to steps of their own; the last to any other step."""

    PRE_VOTE = "pre_vote", _("表决前公示")
    DECISION = "decision", _("决议公示")
    RESULT = "result", _("结果公示")
    AFFAIRS = "affairs", _("村（居）务公开")  # village law a.35: important matters at once


class Phase(models.TextChoices):
    """Between these two a sheet hung on the board."""

    START = "start", _("张贴")
    END = "end", _("期满")


class ObjectionChannel(models.TextChoices):
    """How an objection came in; on paper somebody else keyed it in, and is named as such."""

    ONLINE = "online", _("网上本人提出")
    PAPER = "paper", _("书面，由他人代填")


PUBLICITY_OF = {
    StepKind.PRE_PUBLICITY: PublicityKind.PRE_VOTE,
    StepKind.DECISION_PUBLICITY: PublicityKind.DECISION,
    StepKind.RESULT_PUBLICITY: PublicityKind.RESULT,
}
OBJECTION_DAYS = 10  # to answer an objection, where the procedure says nothing [I]
AFFAIRS_DAYS = 15  # on the board; law from 2026-01-01, our own choice before [S1 a.35, I]
AFFAIRS_LAW_FROM = date(2026, 1, 1)
PHOTO_TYPES = (MediaType.JPEG, MediaType.PNG, MediaType.WEBP)


class Basis(models.TextChoices):
    """By what money is shared out (rural collectives law a.42; compensation as its assembly resolves, a.26(10))."""

    SHARES = "shares", _("股份")
    AREA = "area", _("面积（平方米）")
    AMOUNTS = "amounts", _("逐户核定的金额（元）")


class UnpaidReason(models.TextChoices):
    """Why an amount has not reached its holder. No reason lets anybody keep it: it stays owed."""

    NO_ACCOUNT = "no_account", _("没有收款账户")
    BOUNCED = "bounced", _("银行退回")
    HEIRS = "heirs", _("持有人已故，待确认继承人")
    DISPUTE = "dispute", _("权属有争议")
    UNREACHABLE = "unreachable", _("联系不上本人")
    ASKED = "asked", _("本人要求暂缓")


# Powers that share out money, and by what they may.
MONEY = {"P07": (Basis.SHARES,), "P08": (Basis.SHARES, Basis.AREA, Basis.AMOUNTS)}
# Units that make one share, one square metre, one yuan: shares of the register are whole, those of a workbook may
# have two decimals.
SCALES = {Basis.SHARES: 1, Basis.AREA: 100, Basis.AMOUNTS: 100}

# values of the facts by which the ways of a matter part (`ground.process.enums.FACT_VALUES`)
VALUE_WORDS = {
    "yes": _("是"),
    "no": _("否"),
    "election": _("选举"),
    "rec": _("集体经济组织聘用与报酬"),
    "subsidy": _("误工补贴标准"),
    "contracting": _("承包方案"),
    "outside_contract": _("发包给本集体以外"),
    "construction_land": _("经营性建设用地"),
    "group_assembly": _("村民小组会议"),
    "rec_members_assembly": _("成员大会"),
}
