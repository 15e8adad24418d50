from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.facts import declare
from redhouse.work.decisions.enums import Channel, ObjectionChannel, PublicityKind, Stance, UnpaidReason

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

# Openness. The subject is the run, so that whoever counts openness needs to know nothing of matters.
PUBLICITY_POSTED = declare(
    "publicity_posted",
    _("{actor}张贴了公示稿（{label}）"),
    subject="run",
    object="publicity",
    labels=[str(kind) for kind in PublicityKind],
)
PUBLICITY_AMENDED = declare(
    "publicity_amended", _("{actor}更正了公示稿"), subject="run", object="publicity", labels=["material", "editorial"]
)
PUBLICITY_ENDED = declare(
    "publicity_ended",
    _("{actor}记下公示期满（{label}）"),
    subject="run",
    object="publicity",
    labels=[str(kind) for kind in PublicityKind],
)
OBJECTION_RAISED = declare(
    "objection_raised",
    _("收到一件异议（{label}）"),
    subject="run",
    object="objection",
    labels=[str(channel) for channel in ObjectionChannel],
)
OBJECTION_ANSWERED = declare(
    "objection_answered",
    _("{actor}答复了一件异议（{label}）"),
    subject="run",
    object="objection",
    labels=["upheld", "explained"],
)
# label: SHA-256 of the dossier, so that one leaf vouches for every row and every paper of the matter
MATTER_ARCHIVED = declare("matter_archived", _("{actor}封存档案，摘要{label}"), subject="run", object="paper")
BUNDLE_SEALED = declare("bundle_sealed", _("档案包已封好，摘要{label}"), subject="run", object="paper")

# Money. The label of the first two is the SHA-256 of the register, of the table: later rows are checked against it.
REGISTER_FROZEN = declare(
    "register_frozen", _("{actor}冻结了份额登记册，{quantity}人，摘要{label}"), subject="matter", object="paper"
)
DISTRIBUTION_PROPOSED = declare(
    "distribution_proposed", _("{actor}提出了分配表，{quantity}人，摘要{label}"), subject="matter", object="paper"
)
PAYMENTS_RECORDED = declare("payments_recorded", _("{actor}登记发放{quantity}笔"), subject="matter", object="paper")
UNPAID_NOTED = declare(
    "unpaid_noted",
    _("{actor}写明{quantity}笔未发放的原因（{label}）"),
    subject="matter",
    labels=[str(reason) for reason in UnpaidReason],
)
SHARES_QUESTIONED = declare("shares_questioned", _("收到一条对份额登记的异议"), subject="matter")
SHARES_QUESTION_ANSWERED = declare(
    "shares_question_answered", _("{actor}答复了一条份额异议"), subject="matter", labels=["upheld", "explained"]
)
