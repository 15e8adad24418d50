from django.db import models
from django.utils.translation import gettext_lazy as _


class DraftState(models.TextChoices):
    """What became of a form that the town drafted."""

    WAITING = "waiting", _("待批准")
    APPROVED = "approved", _("已批准")
    RETURNED = "returned", _("已退回")


COLUMNS_AT_MOST = 16  # what fits an A4 page lying down
QUESTIONS_AT_MOST = 6  # own questions of one form [I]
