from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.facts import declare

# label: power, origin and the digest of the text, so that the public log vouches for the rules themselves
VERSION_ADOPTED = declare("version_adopted", _("采用{subject}（{label}）"), subject="procedure_version")

# label of the others: power.step, and .outcome where a step was closed
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
