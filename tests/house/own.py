"""What is ours: models, files, the order of the rooms."""

import subprocess
from pathlib import Path

from django.apps import apps
from django.db import models

import redhouse

PACKAGE = Path(redhouse.__file__).parent
ROOT = PACKAGE.parent.parent
MODELS = [model for model in apps.get_models() if model.__module__.startswith("redhouse.")]
FIELDS = [field for model in MODELS for field in model._meta.local_fields]

# Who may name whom, low to high. Rooms of work are siblings.
GROUND = ["ledger", "places", "bodies", "people", "access", "clients", "papers", "messages", "occasions", "process"]


def rank(model: type[models.Model]) -> tuple[int, str]:
    """The storey of a model and its room. Django's own tables lie below everything."""
    parts = model.__module__.split(".")
    if parts[0] != "redhouse":
        return -1, ""
    if parts[1] == "ground":
        return GROUND.index(parts[2]), parts[2]
    return {"web": 100, "work": 200, "desk": 300}[parts[1]], ".".join(parts[1:3])


def committed() -> list[Path]:
    """Files that are, or are about to be, in the repository; in a source archive without git, all of them."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        return [path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]
