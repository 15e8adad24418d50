"""Closed vocabularies of a matter."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
