"""Sign in at a terminal of the house: as oneself, with every wall of the pages standing.

Whoever has the house's own files and database may do worse without it; this is no second lock against them, but the
door by which an honest person at a terminal has no more rights than on a page.
"""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.utils.translation import gettext as _

from redhouse.desk.queries.front import has_second_factor, played_accounts
from redhouse.ground.access.models import Account
from redhouse.ground.people.models import Person
from redhouse.kit.errors import NO_PERMISSION, HouseError
from redhouse.web.middleware import stand_as

TYPED = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)  # a key cannot be touched from here
Ask = Callable[[], str]


def enter(username: str, *, password: Ask, code: Ask) -> Person:
    """The person of this account, with the wall open as far as on a page. The roles of a demo need no password.

    Raises HouseError with the mend.
    """
    account = played_accounts().filter(username=username).first() or _known(username, password(), code)
    person = stand_as(account)
    if person is None:
        raise HouseError(_("这个账号还没有对应的人，请镇组织办在“账号”里补上。"), NO_PERMISSION)
    return person


def _known(username: str, password: str, code: Ask) -> Account:
    account = authenticate(username=username, password=password)
    if not isinstance(account, Account):
        raise HouseError(_("账号或密码不对，或账号已停用。"), NO_PERMISSION)
    if has_second_factor(account) and not _second(account, code):
        raise HouseError(_("验证码不对；用安全密钥登录的账号，请在网页上办理。"), NO_PERMISSION)
    return account


def _second(account: Account, code: Ask) -> bool:
    factors = list(Authenticator.objects.filter(user=account, type__in=TYPED))
    given = code() if factors else ""
    return any(factor.wrap().validate_code(given) for factor in factors)
