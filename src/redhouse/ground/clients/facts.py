from django.utils.translation import gettext_lazy as _

from redhouse.ground.clients.enums import Scope
from redhouse.ground.ledger.facts import declare

# label: the scopes, in the order of the list
SCOPES = [".".join(part) for part in [[*Scope], [Scope.FILE], [Scope.FOLLOW]]]
TOKEN_ISSUED = declare("token_issued", _("{actor}给外部系统开了接口密钥（{label}）"), labels=SCOPES)
TOKEN_REVOKED = declare("token_revoked", _("{actor}停用了一把接口密钥"))
