"""A small house beside the town that the other parts measure on: the cast of the tests, for work that leaves traces."""

from collections.abc import Iterator
from contextlib import contextmanager

import django
import psycopg

from redhouse.kit import postgres


def use(database: str) -> None:
    """Point every alias of this process at the database."""
    from django.db import connections

    for alias in ("default", "owner", "figures"):
        connections[alias].close()
        connections.settings[alias]["NAME"] = database
        connections[alias].settings_dict["NAME"] = database


@contextmanager
def scratch(database: str) -> Iterator[None]:
    """A fresh database with the cast in it, gone from this process afterwards; the gates before a vote, which are not
    what is measured, stand open."""
    with psycopg.connect(**postgres.conninfo("super", database="postgres"), autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {database} OWNER redhouse_owner")
    postgres.prepare_database(database)
    django.setup()
    from django.db import connections

    from redhouse.config.migrating import migrate
    from redhouse.ground.access.reach import set_reach
    from redhouse.ground.process.rules import missing
    from tests.cast import build_cast

    before, asked = connections.settings["default"]["NAME"], dict(missing._contributors)
    use(database)
    migrate("owner")
    build_cast()
    set_reach("*")
    for kind, rooms in asked.items():
        missing._contributors[kind] = [each for each in rooms if each.__module__.startswith("redhouse.ground.")]
    try:
        yield
    finally:
        missing._contributors.update(asked)
        use(before)
