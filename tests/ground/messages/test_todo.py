"""What one owes, as it is kept between two requests."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from redhouse.ground.messages.actions import confirm_receipt
from redhouse.ground.messages.enums import Channel
from redhouse.ground.messages.todo import owed_by
from tests.cast import TODAY, person
from tests.ground.messages.factories import sent


def test_it_is_kept_until_anything_is_recorded(town: str) -> None:
    notice = sent("member", due_on=TODAY)
    found = owed_by(person("member"), TODAY)
    assert len(found) == 1
    member = person("member")
    with CaptureQueriesContext(connection) as asked:
        assert owed_by(member, TODAY) == found
    assert len(asked) == 1  # whether anything was recorded
    with translation.override("en"):
        assert owed_by(person("member"), TODAY)[0].step == "Receipt" != found[0].step
    assert owed_by(person("supervisor"), TODAY) == []
    confirm_receipt(notice=notice, person=member, by=member, on=TODAY, channel=Channel.IN_APP)
    assert owed_by(person("member"), TODAY) == []
