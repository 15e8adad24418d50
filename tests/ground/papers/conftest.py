from datetime import date

import pytest

from redhouse.ground.bodies.enums import BodyKind
from redhouse.ground.bodies.models import Body
from redhouse.ground.papers import actions
from redhouse.ground.papers.enums import MediaType, PaperKind
from redhouse.ground.people.models import Person

XINTIAN = "440605122220"
DAY = date(2018, 12, 14)


@pytest.fixture
def shelf(settings, tmp_path):
    """An empty shelf for the files of one test."""
    settings.REDHOUSE_PAPERS = tmp_path / "papers"
    return settings.REDHOUSE_PAPERS


@pytest.fixture
def clerk(house, shelf):
    """A clerk in an empty house with an empty shelf."""
    return Person.objects.create(name="区樵生", division_code=XINTIAN)


@pytest.fixture
def branch(clerk):
    return Body.objects.create(
        kind=BodyKind.PARTY_BRANCH, name="新田第一党支部", division_code=XINTIAN, from_on=date(2016, 1, 1)
    )


@pytest.fixture
def add_paper(clerk):
    """Add a paper with whatever matters to the test."""

    def add(**changes):
        given = {
            "kind": PaperKind.MINUTES,
            "title": "党员大会纪要",
            "content": b"%PDF-1.7 minutes",
            "media_type": MediaType.PDF,
            "file_name": "纪要.pdf",
            "division_code": XINTIAN,
            "by": clerk,
            "on": DAY,
        }
        return actions.add_paper(**given | changes)

    return add
