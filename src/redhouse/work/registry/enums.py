from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportKind(models.TextChoices):
    """What a workbook holds."""

    DIVISIONS = "divisions", _("村居与地点")
    BODIES = "bodies", _("组织")
    MEMBERS = "members", _("党员")
    HOUSEHOLDS = "households", _("住户")
    POSTS = "posts", _("任职")


class ImportState(models.TextChoices):
    """The way of a workbook. The first four are on their way without anybody; READY waits for a person."""

    WAITING = "waiting", _("等待试算")
    CHECKING = "checking", _("正在试算")
    CONFIRMED = "confirmed", _("等待导入")
    IMPORTING = "importing", _("正在导入")
    READY = "ready", _("待您确认")
    DONE = "done", _("已导入")
    FAILED = "failed", _("没有导入")
    WITHDRAWN = "withdrawn", _("已撤回")


UNDER_WAY = (ImportState.WAITING, ImportState.CHECKING, ImportState.CONFIRMED, ImportState.IMPORTING)


class Mark(models.TextChoices):
    """What becomes of one row; a workbook's rows are kept as one letter each."""

    NEW = "n", _("新增")
    CHANGED = "c", _("变更")
    UNCHANGED = "u", _("不变")
    REFUSED = "r", _("拒绝")
    SKIPPED = "-", _("略过")


MAX_UPLOAD = 20 * 1024 * 1024  # bytes; 100,000 households are about 4 MB
