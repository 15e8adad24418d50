from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    """What a round looks for: the four topics of stationed contact (驻点直联) as inspections."""

    FIRE = "fire", _("消防")
    WORK_SAFETY = "work_safety", _("安全生产")
    PARK = "park", _("村级工业园")
    ENVIRONMENT = "environment", _("环境整治")


class SiteKind(models.TextChoices):
    SHOP = "shop", _("商铺")
    WORKSHOP = "workshop", _("作坊厂房")
    RENTAL = "rental", _("出租屋")


class Source(models.TextChoices):
    """Where the answer to an item comes from: only what the house does not hold already is asked on the spot."""

    ASKED = "asked", _("现场查看")
    SITE_NAME = "site_name", _("已有：场所名称")
    SITE_KIND = "site_kind", _("已有：场所类别")
    SITE_SPOT = "site_spot", _("已有：地址")
    LAST_ROUND = "last_round", _("已有：上次巡查结果")


class Mark(models.TextChoices):
    """How an item stands."""

    WELL = "well", _("合格")
    BAD = "bad", _("不合格")
    NONE = "none", _("不涉及")


class HazardLevel(models.TextChoices):
    """A major one becomes a case at once [I]."""

    ORDINARY = "ordinary", _("一般隐患")
    MAJOR = "major", _("重大隐患")


PHOTOS_AT_MOST = 3
REOPEN_DAYS = 30  # after closing, while the reporter may say that it is there again [I]
NEAR_DEGREES = "0.00100"  # about a hundred metres
NEAR_DAYS = 30
