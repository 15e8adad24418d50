"""The tiny town of the demo, from which stories begin."""

from collections.abc import Iterator
from datetime import date

import pytest

from tests.conftest import Databases, _clone, _fill


@pytest.fixture(scope="session")
def tiny_template(databases: Databases, empty_template: str) -> str:
    from redhouse.demo.loader import load_town
    from redhouse.demo.source import read_source
    from redhouse.demo.tiny import tiny
    from redhouse.demo.town import build_town

    def load() -> None:
        load_town(build_town(tiny(read_source())), on=date(2026, 11, 18))

    return _fill(databases, f"{databases.prefix}_tiny", empty_template, load)


@pytest.fixture
def tiny_town(databases: Databases, tiny_template: str) -> Iterator[str]:
    yield from _clone(databases, tiny_template)
