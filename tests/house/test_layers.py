"""Imports and relations point down. import-linter cannot see a foreign key given as text; the second test can."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import models

from tests.house.own import MODELS, PACKAGE, ROOT, rank

ROOMS = sorted(path.parent for storey in ("ground", "work") for path in PACKAGE.glob(f"{storey}/*/apps.py"))


def test_imports_keep_the_floor_plan() -> None:
    script = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([script, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_relations_point_down(model: type[models.Model]) -> None:
    here, room = rank(model)
    related = [f for f in model._meta.get_fields() if f.is_relation and f.concrete]
    wrong = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for field in related
        if (other := rank(field.related_model)) and other[1] != room and other[0] >= here
    ]
    assert wrong == [], "move what both need down to the ground, or count it from the ledger"


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: f"{room.parent.name}.{room.name}")
def test_every_room_says_what_it_is_for(room: Path) -> None:
    readme = room / "README.md"
    assert readme.exists(), f"write {readme.relative_to(ROOT)}: what the room is for, its words, its facts"
    assert 8 <= len(readme.read_text(encoding="utf-8").splitlines()) <= 60


@pytest.mark.parametrize("folder", sorted((PACKAGE / "ground").iterdir()), ids=lambda path: path.name)
def test_the_ground_has_no_doors_to_the_street(folder: Path) -> None:
    doors = {"views", "urls", "forms", "api", "admin", "templates"}
    assert [path.name for path in folder.glob("*") if path.stem in doors] == []
