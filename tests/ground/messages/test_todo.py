"""The number beside the door to one's to-do."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from redhouse.ground.messages.actions import confirm_receipt
from redhouse.ground.messages.enums import Channel
from redhouse.ground.messages.todo import owed_by, owed_count
from tests.cast import TODAY, person
from tests.ground.messages.factories import sent


def test_the_number_is_kept_until_anything_is_recorded(town: str) -> None:
    notice = sent("member", due_on=TODAY)
    assert owed_count(person("member"), TODAY) == len(owed_by(person("member"), TODAY)) == 1
    member = person("member")
    with CaptureQueriesContext(connection) as asked:
        assert owed_count(member, TODAY) == 1
    assert len(asked) == 1  # whether anything was recorded
    assert owed_count(person("supervisor"), TODAY) == 0
    confirm_receipt(notice=notice, person=member, by=member, on=TODAY, channel=Channel.IN_APP)
    assert owed_count(member, TODAY) == 0
