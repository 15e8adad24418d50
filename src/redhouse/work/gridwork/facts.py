from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.facts import declare
from redhouse.work.gridwork.enums import HazardLevel, Topic

# subject the run, object the person who handles it
CASE_ASSIGNED = declare("case_assigned", _("{actor}把{subject}派给{object}"), subject="run", object="person")
# quantity: stars of five
CASE_RATED = declare("case_rated", _("上报人给{subject}打了{quantity}分"), subject="run")
FORM_DRAFTED = declare("inspection_form_drafted", _("{actor}拟订一份巡查表（{label}）"), labels=list(map(str, Topic)))
# quantity: how many items are asked that the house does not hold already
FORM_APPROVED = declare(
    "inspection_form_approved", _("{actor}批准一份巡查表（{label}），只问{quantity}项"), labels=list(map(str, Topic))
)
ROUND_PLANNED = declare("inspection_round_planned", _("{actor}安排一轮巡查（{label}）"), labels=list(map(str, Topic)))
# object: the site; quantity: hazards found
INSPECTION_RECORDED = declare(
    "inspection_recorded", _("{actor}巡查一处场所（{label}），发现{quantity}处隐患"), labels=list(map(str, Topic))
)
HAZARD_REMOVED = declare(
    "hazard_removed", _("{actor}登记一处隐患已整改（{label}）"), labels=list(map(str, HazardLevel))
)
