"""Background work on workbooks. Both are safe to repeat: they ask the state of the import before they begin."""

from procrastinate.contrib.django import app

from redhouse.ground.papers.jobs import AGAIN, run
from redhouse.work.registry import actions
from redhouse.work.registry.actions.imports import APPLY, CHECK


@app.task(name=CHECK, retry=AGAIN)
def check_import(import_id: int) -> None:
    run(lambda: actions.check_import(import_id), lambda: actions.fail_import(import_id))


@app.task(name=APPLY, retry=AGAIN)
def apply_import(import_id: int) -> None:
    run(lambda: actions.apply_import(import_id), lambda: actions.fail_import(import_id))
