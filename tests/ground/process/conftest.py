import pytest

from redhouse.ground.process.rules import missing


@pytest.fixture(autouse=True)
def _the_engine_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rooms of work add to what a step needs; they test that where it belongs. Here the ground stands alone."""
    for kind, asked in missing._contributors.items():
        own = [each for each in asked if each.__module__.startswith("redhouse.ground.")]
        monkeypatch.setitem(missing._contributors, kind, own)
