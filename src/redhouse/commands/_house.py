"""What several commands share: a house that stands (database up, Django ready, migrations run)."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

import click

from redhouse.kit.errors import HouseError
from redhouse.kit.postgres import Server, attach_or_start, bootstrap_external, external_address, home
from redhouse.kit.postgres.errors import explain_chain

MIGRATION_LOCK = 0x5265_6449  # two processes that start on one database at once migrate one after the other


@contextmanager
def own_house(what: str) -> Iterator[Server | None]:
    """The house for a command that stays: this process owns its server (None with an external one).

    Raises HouseBusy where another process has it. SIGTERM ends the block as Ctrl-C does, so that everything is
    stopped in order. When the server dies again and again and is given up, the block ends with that error.
    """
    signal.signal(signal.SIGTERM, _leave)
    lost: list[HouseError] = []

    def on_loss(error: HouseError) -> None:
        lost.append(error)
        os.kill(os.getpid(), signal.SIGTERM)

    if external_address():
        bootstrap_external()
        with _explained():
            setup()
            migrate()
            keep_law()
            yield None
        return
    server = Server(what=what, on_loss=on_loss)
    server.start()
    try:
        click.echo(f"数据目录：{server.house.root}" + _apart(server))
        with _explained():
            setup()
            migrate()
            keep_law()
            yield server
    finally:
        server.stop()
        if lost:
            raise lost[0]


@contextmanager
def visited_house(what: str, *, migrated: bool = True) -> Iterator[Server | None]:
    """The house for a command that comes and goes: it may share the server of a running `serve`."""
    with attach_or_start(what=what) as server, _explained():
        setup()
        if migrated:
            migrate()
        yield server


@contextmanager
def _explained() -> Iterator[None]:
    """Say a full disk or a lost database in one sentence; leave our own mistakes their traceback."""
    try:
        yield
    except HouseError:
        raise
    except Exception as error:
        sentence = explain_chain(error, home())
        if sentence is None:
            raise
        raise sentence from error


def no_house() -> None:
    """Settings for a command that needs no house: Chinese sentences, and neither database nor data directory."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False, LANGUAGE_CODE="zh-hans", DATABASES={})


def setup() -> None:
    """Make Django ready. After the database: settings read keys from the data directory."""
    import django  # here and below, since `--help` must answer without loading Django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redhouse.config.settings")
    django.setup()


def pending_migrations() -> list[str]:
    """Names of migrations that the database does not have yet."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate() -> None:
    """Run pending migrations as the owner role."""
    from django.db import connections

    from redhouse.config.migrating import migrate as run_migrations

    owner = connections["owner"]
    try:
        if pending_migrations():
            with owner.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
            run_migrations("owner")
    finally:
        owner.close()  # releases the lock


def keep_law() -> None:
    """Adopt the procedures of the law that came with this version of the house, where there is a town to apply them."""
    from redhouse.ground.access.reach import everything
    from redhouse.kit.today import today
    from redhouse.work.decisions.actions import adopt_law
    from redhouse.work.gridwork.actions import adopt_life
    from redhouse.work.visits.actions import adopt_procedure

    with everything():
        adopt_law(on=today())
        adopt_procedure(on=today())
        adopt_life(on=today())


def _apart(server: Server) -> str:
    place = server.house.database.resolve()
    if place.is_relative_to(server.house.root.resolve()):
        return ""
    return f"（数据库用户进不了这个目录，数据库放在 {place}）"


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)
