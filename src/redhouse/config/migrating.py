"""Run the migrations without rendering every model for each new table.

Django keeps a rendered copy of all models beside the migrations. For each table that is made it renders anew whatever
is related to it, which here is nearly everything, about a hundred models a hundred times. A new table changes none of
the others; to render it alone makes the way to a new database twice as short. The tables are the same.
"""

from unittest.mock import patch

from django.core.management import call_command
from django.db.migrations.state import ModelState, ProjectState


def migrate(database: str) -> None:
    """Bring `database` (an alias) up to the newest migration of every room."""
    whole = ProjectState.add_model

    def alone(state: ProjectState, model: ModelState) -> None:
        rendered = state.__dict__.pop("apps", None)
        whole(state, model)
        if rendered is not None:
            rendered.render_multiple([model])
            state.__dict__["apps"] = rendered

    with patch.object(ProjectState, "add_model", alone):  # Django offers no setting for it
        call_command("migrate", database=database, verbosity=0, interactive=False)
