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


PEOPLE_AT_MOST = 99  # people met at one door
WORDS_AT_MOST = 500  # characters of needs, of an opinion
PHOTOS_AT_MOST = 9  # of one visit
