from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitMode(models.TextChoices):
    """户联系 and the two modes of stationed contact (主题式直联, 清单式直联)."""

    HOUSEHOLD = "household", _("户联系")
    THEMED = "themed", _("主题式直联")
    CHECKLIST = "checklist", _("清单式直联")
