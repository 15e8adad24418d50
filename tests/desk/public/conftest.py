"""The cast's town with rows for every figure, and a stranger's browser."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from tests.work.answers.factories import fill_town


@pytest.fixture
def filled(town: str) -> Iterator[str]:
    cache.clear()  # limits and proofs are kept there
    fill_town()
    yield town
    cache.clear()


@pytest.fixture
def stranger() -> Client:
    return Client()
