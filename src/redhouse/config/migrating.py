"""Run the migrations without rendering every model for each change.

Django keeps a rendered copy of all models beside the migrations. For each table that is made or changed it renders
anew whatever is related to it, which here is nearly everything, about a hundred models two hundred times. A new table
changes none of the others; and in a new database, where there are no rows to move, a changed one neither. To render it
alone makes the way to a new database four times as short. The tables are the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.core.management import call_command
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState, ProjectState


def migrate(database: str) -> None:
    """Bring `database` (an alias) up to the newest migration of every room."""
    is_new = not MigrationRecorder(connections[database]).applied_migrations()
    with _rendered_alone(changes=is_new):
        call_command("migrate", database=database, verbosity=0, interactive=False)


@contextmanager
def _rendered_alone(*, changes: bool) -> Iterator[None]:
    """Of new tables always; of changed ones where `changes`: else a migration may reach rows through its relations."""
    whole, found = ProjectState.add_model, ProjectState._find_reload_model  # type: ignore[attr-defined]

    def alone(state: ProjectState, model: ModelState) -> None:
        rendered = state.__dict__.pop("apps", None)
        whole(state, model)
        if rendered is not None:
            rendered.render_multiple([model])
            state.__dict__["apps"] = rendered

    def itself(state: ProjectState, app: str, model: str, delay: bool = False) -> set[tuple[str, str]]:
        return {(app, model)} if changes else found(state, app, model, delay)

    # Django offers no setting for it
    with patch.object(ProjectState, "add_model", alone), patch.object(ProjectState, "_find_reload_model", itself):
        yield
