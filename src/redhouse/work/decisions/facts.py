from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.facts import declare
from redhouse.work.decisions.enums import Channel, Stance

MATTER_OPENED = declare("matter_opened", _("{actor}提出一件重要事权事项"), subject="matter", object="run")
MATTER_AMENDED = declare(
    "matter_amended", _("{actor}修改了方案"), subject="matter", object="paper", labels=["material", "editorial"]
)
MEMBERS_INFORMED = declare("members_informed", _("{actor}把事项通知{quantity}名党员"), subject="matter")
MATTER_EXPLAINED = declare(
    "matter_explained",
    _("{actor}向{object}说明事项"),
    subject="matter",
    object="household",
    labels=[str(stance) for stance in Stance],
)
OPINION_RECORDED = declare(
    "opinion_recorded", _("收到一条意见"), subject="matter", labels=[str(channel) for channel in Channel]
)
OPINION_ANSWERED = declare(
    "opinion_answered", _("{actor}答复了一条意见"), subject="matter", labels=["adopted", "explained"]
)
SUPERVISORS_CHECKED = declare("supervisors_checked", _("{actor}核对了{quantity}项"), subject="matter")
