from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.facts import declare
from redhouse.ground.people.enums import PostKind, Tie

TIES = [str(tie) for tie in Tie]
POSTS = [str(kind) for kind in PostKind]

HOUSEHOLD_REGISTERED = declare("household_registered", _("{subject}登记，{quantity}人"), subject="household")
HOUSEHOLD_REVISED = declare("household_revised", _("{subject}改登为{quantity}人"), subject="household")
HOUSEHOLD_ENDED = declare("household_ended", _("{subject}注销"), subject="household")
MEMBERSHIP_RECORDED = declare(
    "membership_recorded", _("{subject}登记为{object}党员（{label}）"), subject="person", object="body", labels=TIES
)
MEMBERSHIP_ENDED = declare("membership_ended", _("{subject}转出{object}"), subject="person", object="body", labels=TIES)
SOCIETY_MEMBER_CONFIRMED = declare(
    "society_member_confirmed", _("{subject}确认为{object}成员，{quantity}股"), subject="person", object="body"
)
SOCIETY_MEMBER_ENDED = declare(
    "society_member_ended", _("{subject}不再是{object}成员"), subject="person", object="body"
)
POST_TAKEN = declare("post_taken", _("{subject}任{object}{label}"), subject="person", object="body", labels=POSTS)
POST_LEFT = declare("post_left", _("{subject}离任{object}{label}"), subject="person", object="body", labels=POSTS)
