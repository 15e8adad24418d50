from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.facts import declare
from redhouse.ground.process.enums import Channel, Exclusion, MeetingEnding, Method, ReplyResult

# label: power, origin and the digest of the text, so that the public log vouches for the rules themselves
VERSION_ADOPTED = declare("version_adopted", _("采用{subject}（{label}）"), subject="procedure_version")

# label: the power; the version that the town's own shall add to
VERSION_DRAFTED = declare(
    "version_drafted", _("{actor}拟订{subject}的镇增订版本（{label}）"), subject="procedure_version"
)
VERSION_REFUSED = declare(
    "version_refused", _("{actor}不批准{subject}的镇增订版本（{label}）"), subject="procedure_version"
)

# label of the others: power.step, and .outcome where a step was closed; its quantity is the days it was open
RUN_OPENED = declare("run_opened", _("{actor}提出{subject}（{label}）"), subject="run", object="body")
STEP_CLOSED = declare("step_closed", _("{actor}办结{subject}的一步（{label}）"), subject="run", object="run_step")
RUN_SUSPENDED = declare("run_suspended", _("{actor}中止{subject}（{label}）"), subject="run", object="run_step")
RUN_RESUMED = declare("run_resumed", _("{actor}恢复{subject}（{label}）"), subject="run", object="run_step")
RUN_MOVED = declare("run_moved", _("{actor}把{subject}转入另一版程序（{label}）"), subject="run", object="run_step")
CONVENING_DEMANDED = declare(
    "convening_demanded", _("{quantity}人联名要求为{subject}召集会议（{label}）"), subject="run", object="run_step"
)
CONVENING_ESCALATED = declare(
    "convening_escalated", _("{subject}的召集要求期满未答复，提交镇（{label}）"), subject="run", object="run_step"
)
# label: procedure.type.origin; the reporter stands behind the wall
PROBLEM_REPORTED = declare("problem_reported", _("收到一件问题：{subject}（{label}）"), subject="run")
REPORTER_ANSWERED = declare(
    "reporter_answered",
    _("就{subject}答复上报人（{label}）"),
    subject="run",
    object="run_step",
    labels=[str(result) for result in ReplyResult],
)
REPORTER_ERASED = declare("reporter_erased", _("{actor}删去{subject}的上报人信息"), subject="run")
# label: procedure.ending.in_time, or late where a step was closed after its last day; quantity: days since the report
CASE_ENDED = declare("case_ended", _("{subject}办结（{label}）"), subject="run")
CONTACT_LOOKED_AT = declare("contact_looked_at", _("{actor}查看了{subject}上报人的联系方式（{label}）"), subject="run")
CASE_TYPE_CHANGED = declare("case_type_changed", _("{actor}维护事件类型（{label}）"), subject="division")

# The vote: subject the run, object the step it waits at. Who was given a ballot is a fact; what stands on it never is.
ROLL_CLOSED = declare(
    "roll_closed", _("{actor}为{subject}定册，{quantity}人，摘要{label}"), subject="run", object="run_step"
)
# quantity: the number on the ballot
CANDIDATE_NAMED = declare(
    "candidate_named", _("{actor}是{subject}的{quantity}号候选人"), subject="run", object="run_step"
)
ELECTOR_RECUSED = declare(
    "elector_recused",
    _("{actor}就{subject}回避（{label}）"),
    subject="run",
    object="run_step",
    labels=[str(kind) for kind in Exclusion],
)
MEETING_CONVENED = declare(
    "meeting_convened", _("{actor}为{subject}召集会议，通知{quantity}人"), subject="run", object="run_step"
)
MEETING_ENDED = declare(
    "meeting_ended",
    _("{actor}结束{subject}的会议（{label}）"),
    subject="run",
    object="run_step",
    labels=[str(ending) for ending in MeetingEnding],
)
PROXY_RECORDED = declare("proxy_recorded", _("{actor}就{subject}书面委托他人表决"), subject="run", object="run_step")
PROXY_CHECKED = declare("proxy_checked", _("{actor}的委托书已核对（{subject}）"), subject="run", object="run_step")
BALLOT_OPENED = declare(
    "ballot_opened",
    _("{actor}为{subject}开始投票（{label}）"),
    subject="run",
    object="run_step",
    labels=[str(method) for method in Method],
)
ELECTOR_MARKED = declare(
    "elector_marked",
    _("{actor}就{subject}领票（{label}）"),
    subject="run",
    object="run_step",
    labels=[str(channel) for channel in Channel],
)
TELLER_APPOINTED = declare(
    "teller_appointed", _("{actor}承担{subject}的第{quantity}录入"), subject="run", object="run_step"
)
BALLOT_REVIEWED = declare("ballot_reviewed", _("{actor}复核{subject}的一张票"), subject="run", object="run_step")
# label: SHA-256 of the published box, so that one leaf vouches for every ballot
BOX_PUBLISHED = declare(
    "box_published", _("{actor}封存并公布{subject}的票箱，{quantity}张，摘要{label}"), subject="run", object="run_step"
)
# label: rule.outcome
TALLY_RECORDED = declare("tally_recorded", _("{subject}计票（{label}）"), subject="run", object="run_step")
