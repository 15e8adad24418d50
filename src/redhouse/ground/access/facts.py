from django.utils.translation import gettext_lazy as _

from redhouse.ground.access.enums import LookField, LookReason
from redhouse.ground.ledger.facts import declare

# label = field.reason, e.g. phone.visit
PERSONAL_FIELD_LOOKED_AT = declare(
    "personal_field_looked_at",
    _("{actor}查看了{subject}的遮住内容（{label}）"),
    subject="person",
    labels=[f"{field}.{reason}" for field in LookField for reason in LookReason],
)
