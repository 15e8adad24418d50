"""Closed vocabularies of contact."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitMode(models.TextChoices):
    """户联系 and the two modes of stationed contact (主题式直联, 清单式直联)."""

    HOUSEHOLD = "household", _("户联系")
    THEMED = "themed", _("主题式直联")
    CHECKLIST = "checklist", _("清单式直联")


class Topic(models.TextChoices):
    """What was spoken about. The first four are the themes of stationed contact (S0); the others are what people raise
    at the door [I]."""

    FIRE = "fire", _("消防")
    WORK_SAFETY = "work_safety", _("安全生产")
    PARK = "park", _("村级工业园改造")
    ENVIRONMENT = "environment", _("环境整治")
    HEALTH = "health", _("看病与体检")
    DIVIDEND = "dividend", _("分红")
    ALLOWANCE = "allowance", _("低保与补贴")
    WORK = "work", _("就业")
    SCHOOL = "school", _("入学")
    DISPUTE = "dispute", _("邻里纠纷")
    OTHER = "other", _("其他")


class Care(models.TextChoices):
    """Why a household is looked after more closely; no diagnosis, no amount."""

    AGED_ALONE = "aged_alone", _("独居老人")
    SICK = "sick", _("重病")
    DISABLED = "disabled", _("残疾")
    HARDSHIP = "hardship", _("生活困难")
    CHILD = "child", _("困境儿童")


class CallAnswer(models.TextChoices):
    """What another person was told to the one question of a call-back."""

    YES = "yes", _("来过")
    NO = "no", _("没有来过")
    UNSURE = "unsure", _("记不清")
    UNREACHED = "unreached", _("联系不上")


class DayOfWeek(models.IntegerChoices):
    """As Python counts."""

    MONDAY = 0, _("星期一")
    TUESDAY = 1, _("星期二")
    WEDNESDAY = 2, _("星期三")
    THURSDAY = 3, _("星期四")
    FRIDAY = 4, _("星期五")
    SATURDAY = 5, _("星期六")
    SUNDAY = 6, _("星期日")


class BookKind(models.TextChoices):
    """Lists that come in as Excel."""

    CONTACTS = "contacts", _("户联系安排")
    VISITS = "visits", _("走访记录")
    CHECKLISTS = "checklists", _("走访清单")


class RowMark(models.TextChoices):
    """What becomes of one row of a workbook."""

    NEW = "new", _("新增")
    KNOWN = "known", _("已有，不变")
    REFUSED = "refused", _("拒绝")
    EMPTY = "empty", _("空行或示例")


class BookState(models.TextChoices):
    """How far a long list is."""

    CHECKING = "checking", _("正在试算")
    READY = "ready", _("等您确认")
    WRITING = "writing", _("正在写入")
    DONE = "done", _("已写入")
    FAILED = "failed", _("没有写入")


BOOK_OVER = (BookState.DONE, BookState.FAILED)
BOOK_BYTES_AT_MOST = 10 << 20
BOOK_ROWS_AT_MOST = 3000  # each row is a verb of its own
LONG_BOOK_ROWS_AT_MOST = 100_000  # past visits, looked up at once and written in the background
EVERY_DAYS = 90  # a household is seen at least once in so many days [I]
SOON_DAYS = 14  # from here on the clock is said in the colour of warning
CARE_DAYS_AT_MOST = 366  # then somebody looks again whether the mark still stands
ITEMS_AT_MOST = 30  # of a checklist

PEOPLE_AT_MOST = 99  # people met at one door
WORDS_AT_MOST = 500  # characters of needs, of an opinion
PHOTOS_AT_MOST = 9  # of one visit
