from django.utils.translation import gettext_lazy as _

from redhouse.ground.access.enums import LookField, LookReason, RequestKind
from redhouse.ground.ledger.facts import declare

# label = field.reason, e.g. phone.visit
PERSONAL_FIELD_LOOKED_AT = declare(
    "personal_field_looked_at",
    _("{actor}查看了{subject}的遮住内容（{label}）"),
    subject="person",
    labels=[f"{field}.{reason}" for field in LookField for reason in LookReason],
)

KINDS = [str(kind) for kind in RequestKind]

# the person's right to a copy and a correction; what is wrong stands in the request, behind the wall
DATA_REQUESTED = declare("data_requested", _("{actor}提出本人资料申请（{label}）"), subject="person", labels=KINDS)
DATA_REQUEST_GRANTED = declare(
    "data_request_granted", _("{actor}办理了{subject}的资料申请（{label}）"), subject="person", labels=KINDS
)
DATA_REQUEST_REFUSED = declare(
    "data_request_refused", _("{actor}未同意{subject}的资料申请（{label}），已说明理由"), subject="person", labels=KINDS
)
DATA_REQUEST_WITHDRAWN = declare(
    "data_request_withdrawn", _("{actor}撤回了本人资料申请（{label}）"), subject="person", labels=KINDS
)
DATA_COPY_TAKEN = declare("data_copy_taken", _("{actor}下载了本人资料副本"), subject="person")
