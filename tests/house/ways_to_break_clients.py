"""The constraints of keys for systems of others."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Model

from redhouse.ground.clients.models import Token
from tests.cast import TODAY, TOWN, person


def token(**changes: object) -> Token:
    fields = {"name": "网格平台", "scopes": ["file"], "division_code": TOWN, "digest": "0" * 64, "hint": "abcd"}
    period = {"from_on": TODAY, "until_on": TODAY + timedelta(days=90), "issued_by": person("admin")}
    return Token(**fields | period | changes)


WAYS: dict[str, Callable[[], Model]] = {
    "token_has_a_name": lambda: token(name=""),
    "token_opens_something": lambda: token(scopes=["everything"]),
    "token_ends_within_a_year": lambda: token(until_on=date(2020, 1, 1)),
    "token_revoked_by_somebody": lambda: token(revoked_by=person("admin")),
}
SPEAKING_FIELDS = {"token_has_a_name"}
