"""What systems and phones may send."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a key of a system opens."""

    FILE = "file", _("上报事件")
    FOLLOW = "follow", _("跟踪事件")


class EntryKind(models.TextChoices):
    """What a phone writes while it is out of reach, and by which way other than a page somebody did something."""

    VISIT = "visit", _("走访")
    PROBLEM = "problem", _("问题上报")
    CARE = "care", _("关爱标记")
    NOTE = "note", _("便条")
    API = "api", _("接口办理")
    COMMAND = "command", _("命令行办理")


TOKEN_DAYS_AT_MOST = 366  # then somebody looks again whether the system still needs it
