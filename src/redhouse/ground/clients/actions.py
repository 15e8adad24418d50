"""Give keys to systems and take them back, write down each use, and take each entry of a phone once."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from secrets import token_urlsafe
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from redhouse.ground.clients import facts
from redhouse.ground.clients.enums import EntryKind, Scope
from redhouse.ground.clients.models import Entry, Token, TokenUse
from redhouse.ground.clients.queries import digest_of
from redhouse.ground.clients.rules import may_issue_token, may_revoke_token
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Person

PREFIX = "rh_"  # so that a key that got lost in a text is recognised


class Written(NamedTuple):
    """An entry as `claim` keeps it: its key, what it is, and when it was written by the phone's own clock."""

    key: UUID
    kind: EntryKind
    written_at: datetime


@transaction.atomic
def issue_token(
    *, name: str, scopes: Sequence[str], division_code: str, until_on: date, by: Person, on: date
) -> tuple[Token, str]:
    """A key for a system, and the key itself, which nobody can read again. Raises PermissionDenied, ValidationError."""
    if not may_issue_token(by, division_code, on=on):
        raise PermissionDenied(_("只有当地的系统管理员可以开接口密钥"))
    secret = PREFIX + token_urlsafe(32)
    token = Token(
        name=name.strip(),
        scopes=[str(scope) for scope in Scope if scope in scopes],
        division_code=division_code,
        digest=digest_of(secret),
        hint=secret[-4:],
        from_on=on,
        until_on=until_on,
        issued_by=by,
    )
    token.full_clean()
    token.save()
    _record(facts.TOKEN_ISSUED, token, by, on, label=".".join(token.scopes))
    return token, secret


@transaction.atomic
def revoke_token(*, token: Token, by: Person, on: date) -> Token:
    """From this moment on the key opens nothing. Raises PermissionDenied, NotYet."""
    token = Token.objects.select_for_update().get(pk=token.pk)
    if not may_revoke_token(by, token, on=on):
        raise PermissionDenied(_("只有当地的系统管理员可以停用接口密钥"))
    if token.revoked_at is not None:
        raise NotYet([_("这把密钥已经停用")])
    token.revoked_at, token.revoked_by = timezone.now(), by
    token.save(update_fields=["revoked_at", "revoked_by"])
    _record(facts.TOKEN_REVOKED, token, by, on)
    return token


def note_use(*, token: Token, method: str, path: str, status: int) -> None:
    """Write down one call with a key, also one that was refused."""
    TokenUse.objects.create(token=token, method=method[:7], path=path[:120], status=status)


def claim(*, entries: Sequence[Written], ahead: timedelta, by: Person) -> set[UUID]:
    """Take entries under their keys, inside the transaction that acts on them. Returns the keys that are new; the
    others were taken before.

    Somebody who sends the same key at this moment waits here until the other has acted or given up. Raises NotYet
    where a key is somebody else's, or of another kind.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("claim entries inside the transaction that acts on them")
    kinds = {each.key: str(each.kind) for each in entries}
    ahead_ms = ahead // timedelta(milliseconds=1)
    rows = [(each.key, str(each.kind), each.written_at, ahead_ms, by.pk) for each in entries]
    rows.sort()  # two who send the same keys wait for one another in one order
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO clients_entry (key, kind, written_at, ahead_ms, sent_by_id)"
            f" VALUES {', '.join(['(%s, %s, %s, %s, %s)'] * len(rows))} ON CONFLICT (key) DO NOTHING RETURNING key",
            [value for row in rows for value in row],
        )
        new = {key for (key,) in cursor.fetchall()}
    known = kinds.keys() - new
    for row in Entry.objects.filter(key__in=known) if known else ():
        if (row.sent_by_id, row.kind) != (by.pk, kinds[row.key]):
            raise NotYet([_("这个编号已用于另一条记录，请在手机上复制内容后重新记录")])
    return new


def _record(kind: str, token: Token, by: Person, on: date, label: str = "") -> None:
    ledger.record(kind, happened_on=on, division_code=token.division_code, by=by.pk, subject=token.pk, label=label)
