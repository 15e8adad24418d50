from django.utils.translation import gettext_lazy as _

from redhouse.ground.bodies.enums import BodyKind, RelationKind
from redhouse.ground.ledger.facts import declare

BODY_FOUNDED = declare("body_founded", _("{subject}成立"), subject="body", labels=[str(k) for k in BodyKind])
BODY_DISSOLVED = declare("body_dissolved", _("{subject}撤销"), subject="body", labels=[str(k) for k in BodyKind])
RELATION_RECORDED = declare(
    "relation_recorded", _("{subject}{label}{object}"), subject="body", object="body",
    labels=[str(k) for k in RelationKind],
)  # fmt: skip
BODY_NAMED_DEMONSTRATION = declare("body_named_demonstration", _("{subject}定为示范点"), subject="body")

# What a body adopts by a document: one fact an item, label = its code in the list adopted.
POWER_ADOPTED = declare("power_adopted", _("{subject}将{label}列入重要事权清单"), subject="body")
GATE_ADOPTED = declare("gate_adopted", _("{subject}设前置环节{label}"), subject="body")
PRINCIPLE_ADOPTED = declare("principle_adopted", _("{subject}定基本原则{label}"), subject="body")
GOAL_ADOPTED = declare("goal_adopted", _("{subject}提出{label}"), subject="body")
MODE_ADOPTED = declare("mode_adopted", _("{subject}采用工作模式{label}"), subject="body")
ROLE_ADOPTED = declare("role_adopted", _("{subject}吸收{label}参加志愿服务"), subject="body")
PILOT_STARTED = declare("pilot_started", _("{subject}承接试点{label}"), subject="body")

ADOPTIONS = (
    POWER_ADOPTED, GATE_ADOPTED, PRINCIPLE_ADOPTED, GOAL_ADOPTED, MODE_ADOPTED, ROLE_ADOPTED, PILOT_STARTED,
)  # fmt: skip
