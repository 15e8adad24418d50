from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.facts import declare
from redhouse.work.visits.enums import CallAnswer, VisitMode

CONTACT_ASSIGNED = declare("contact_assigned", _("{actor}开始联系{subject}"), subject="household")
CONTACT_ENDED = declare("contact_ended", _("{actor}不再联系{subject}"), subject="household")
# One person-time: one member at one household once; quantity is always 1 for household contact.
VISIT_RECORDED = declare(
    "visit_recorded", _("{actor}走访{subject}"), subject="household", labels=[str(mode) for mode in VisitMode]
)
VISIT_DESCRIBED = declare("visit_described", _("{actor}补充了走访{subject}的情况"), subject="household")
# Why a household is looked after is not said here: a fact stays for ever, a mark ends.
CARE_MARKED = declare("care_marked", _("{actor}为{subject}加了关爱标记"), subject="household")
CARE_ENDED = declare("care_ended", _("{actor}结束了{subject}的关爱标记"), subject="household")
# A note is its writer's alone: neither what it says nor about whom stands here.
NOTE_RECORDED = declare("note_recorded", _("{actor}给自己记了一张便条"))
NOTE_DELETED = declare("note_deleted", _("{actor}删去了自己的一张便条"))
CHECKLIST_EDITED = declare("checklist_edited", _("{actor}修订了一份走访清单，共{quantity}项"))
STATION_DAY_FIXED = declare("station_day_fixed", _("{actor}定下{subject}的驻点日"), subject="body")
STATION_DAY_LOGGED = declare(
    "station_day_logged", _("{actor}写下{subject}的驻点日志，接待{quantity}人"), subject="body"
)
MENTORSHIP_STARTED = declare("mentorship_started", _("{subject}开始一项帮带"), subject="body")
MENTORSHIP_NOTED = declare("mentorship_noted", _("{actor}记下{subject}的一次帮带"), subject="body")
MENTORSHIP_ENDED = declare("mentorship_ended", _("{subject}结束了一项帮带"), subject="body")
CALLBACKS_SAMPLED = declare("callbacks_sampled", _("{actor}抽取{quantity}次走访，由他人回访"))
CALLBACK_ANSWERED = declare(
    "callback_answered",
    _("{actor}回访{subject}：{label}"),
    subject="household",
    labels=[str(answer) for answer in CallAnswer],
)
