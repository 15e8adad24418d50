from django.db import models
from django.utils.translation import gettext_lazy as _


class OccasionKind(models.TextChoices):
    """Party meeting, assembly, lesson, shift and booking are one thing: a space, a period, people."""

    ORG_LIFE = "org_life", _("组织生活")
    ASSEMBLY = "assembly", _("会议")
    LESSON = "lesson", _("培训")
    SHIFT = "shift", _("志愿服务")
    BOOKING = "booking", _("场室预约")
