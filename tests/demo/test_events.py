"""The demo's grid events go through the verbs of the room, in the cast's town as in the demo's."""

from datetime import date

from redhouse.demo.events import EVENTS, happen
from redhouse.ground.process.models import Report, Run
from redhouse.work.gridwork.actions import adopt_life
from redhouse.work.gridwork.models import Hazard
from tests.cast import XINTIAN, person
from tests.ground.process.factories import society


def test_events_stand_in_every_state(town: str) -> None:
    society()
    adopt_life(on=date(2018, 11, 15))
    happen(
        XINTIAN,
        grid=person("grid"),
        dispatcher=person("dispatcher"),
        checker=person("supervisor"),
        leader=person("leader"),
        as_of=date(2018, 12, 14),
    )
    assert Report.objects.count() == len(EVENTS) + 1, "the major hazard is one more"
    assert Run.objects.filter(ending="closed").count() == 2
    assert sorted(Hazard.objects.values_list("level", flat=True)) == ["major", "ordinary"]
