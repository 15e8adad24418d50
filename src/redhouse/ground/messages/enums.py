from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    """What a notice is about. A closed list, so that a person can switch a kind off without reading its title."""

    MEETING_NOTICE = "meeting_notice", _("会议通知")  # village committees law a.25; rural collectives law a.27, 28
    PARTY_INFORM = "party_inform", _("先知")  # the gate 先知 of the ten powers
    PUBLICITY = "publicity", _("公示公开")  # village committees law a.30-31
    DECISION = "decision", _("决议结果")  # village committees law a.30 (1)
    REPLY = "reply", _("答复")  # what one asked, objected to or reported is answered
    STEP_OWED = "step_owed", _("轮到您办")
    REMINDER = "reminder", _("提醒")
    OVERDUE = "overdue", _("逾期")
    SYSTEM = "system", _("系统消息")


SENTENCES = {
    NoticeKind.MEETING_NOTICE: _("通知您参加会议，请确认收到；依法要留回执"),
    NoticeKind.PARTY_INFORM: _("重要事项先让党员知道，请确认收到；依规要留回执"),
    NoticeKind.PUBLICITY: _("与您有关的事项开始公示，写明到哪天为止"),
    NoticeKind.DECISION: _("与您有关的事项有了决定或表决结果"),
    NoticeKind.REPLY: _("您提的意见、异议或反映的问题有了答复"),
    NoticeKind.STEP_OWED: _("有一步轮到您办"),
    NoticeKind.REMINDER: _("您欠的一步快到期了"),
    NoticeKind.OVERDUE: _("您欠的一步已经逾期"),
    NoticeKind.SYSTEM: _("账号与系统的变动"),
}

# The law wants these to arrive: in the house they cannot be switched off, outside they can.
STATUTORY = frozenset({NoticeKind.MEETING_NOTICE, NoticeKind.PARTY_INFORM, NoticeKind.PUBLICITY, NoticeKind.DECISION})
ASK_RECEIPT = frozenset({NoticeKind.MEETING_NOTICE, NoticeKind.PARTY_INFORM})  # each person confirms
LAPSES = frozenset({NoticeKind.MEETING_NOTICE})  # after its day nothing is left to come to; a gate 先知 waits on
FOR_ALL = frozenset({NoticeKind.MEETING_NOTICE, NoticeKind.PUBLICITY, NoticeKind.DECISION})  # also into group chats


class Channel(models.TextChoices):
    """By which way a notice reached somebody."""

    IN_APP = "in_app", _("站内")
    SMS = "sms", _("短信")
    EMAIL = "email", _("邮件")
    WECOM = "wecom", _("企业微信")
    DINGTALK = "dingtalk", _("钉钉")
    FEISHU = "feishu", _("飞书")
    PAPER = "paper", _("书面")
    PHONE = "phone", _("电话")
    DOOR = "door", _("上门")
    BOARD = "board", _("公示栏")
    LOUDSPEAKER = "loudspeaker", _("广播")


C = Channel
PERSONAL = (C.SMS, C.EMAIL)  # outside the house, to one person
GROUPS = (C.WECOM, C.DINGTALK, C.FEISHU)  # outside the house, once into the group chat of the place
OUTSIDE = PERSONAL + GROUPS
ASSISTED = (C.PAPER, C.PHONE, C.DOOR)  # somebody reached the person and writes it down for them
CONFIRMING = (C.IN_APP, *ASSISTED)
BROADCAST = (C.LOUDSPEAKER, C.BOARD, C.DOOR)  # reaches a place and proves nothing about one person
PREFERRED = (C.IN_APP, *PERSONAL)  # what a person may choose by kind

# A text message costs money and interrupts: unless the person says otherwise, only for what has a legal deadline.
SMS_AT_FIRST = frozenset({*ASK_RECEIPT, NoticeKind.OVERDUE})


def is_on_at_first(kind: str, channel: str) -> bool:
    """Whether a kind comes by this channel to a person who never chose."""
    return channel != Channel.SMS or kind in SMS_AT_FIRST


class DeliveryState(models.TextChoices):
    QUEUED = "queued", _("排队中")
    SENDING = "sending", _("正在送出")
    SENT = "sent", _("已送出")
    FAILED = "failed", _("没有送出")


class Failure(models.TextChoices):
    """Why a delivery did not leave, or waits for its next attempt."""

    NO_ADDRESS = "no_address", _("没有登记号码或邮箱")
    NOT_SET_UP = "not_set_up", _("这个渠道没有设置")
    REFUSED = "refused", _("对方拒收")
    UNREACHABLE = "unreachable", _("连不上对方")
    NOT_TAKEN = "not_taken", _("对方没有接收")
    INTERRUPTED = "interrupted", _("送出时后台中断，不知对方是否收到，不再重发")


class When(models.TextChoices):
    """How a thing that is owed stands to its last day."""

    OVERDUE = "overdue", _("逾期")
    TODAY = "today", _("今天")
    THIS_WEEK = "this_week", _("本周")
    LATER = "later", _("以后")
