"""One real PostgreSQL for the whole run: the embedded one, or the server of DATABASE_URL.

Each test that asks for a database gets a clone of a template, committed and its own, and connects as the application
role: so grants, row security and the read-only figures role are really tested, and no test cleans up after another.
A clone in which nothing was written goes on to the next test.

    house   an empty house, migrated
    town    the cast: one small town, people with posts (tests/cast.py)
    demo    the whole demo town, read only (loaded once, about half a minute)
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import sleep

import pytest
from hypothesis import HealthCheck, settings

if not os.environ.get("REDHOUSE_HOME"):
    # a clone is a thousand files: made and dropped in memory, where there is room, in a fraction of the time
    roomy = os.path.isdir("/dev/shm") and shutil.disk_usage("/dev/shm").free > 4 << 30
    HOME = Path(tempfile.mkdtemp(prefix="redhouse-test-", dir="/dev/shm" if roomy else None))
    HOME.chmod(0o755)  # the database user of an embedded server run by root must get in
    os.environ["REDHOUSE_HOME"] = str(HOME)
    atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["DJANGO_SETTINGS_MODULE"] = "redhouse.config.settings"
os.environ["REDHOUSE_DEMO"] = "1"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the test's thread

import django

django.setup()

import psycopg  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.db import connections  # noqa: E402
from django.utils import translation  # noqa: E402

from redhouse.kit import postgres  # noqa: E402
from redhouse.kit.today import SHANGHAI, stand_at  # noqa: E402

settings.register_profile(
    "redhouse",
    deadline=None,
    # the gate tries the same examples each time: it shuts for a change, not by luck; at a desk each run looks further
    derandomize=bool(os.environ.get("REDHOUSE_REQUIRE_ALL")),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],  # the machine is busy
)
settings.load_profile("redhouse")

UNSTEADY_AT_MOST = 3  # ADR 0013

ALIASES = ("default", "owner", "figures")
LONGEST = timedelta(minutes=3)  # no test takes as long


class Databases:
    """Templates and clones on the running server."""

    def __init__(self) -> None:
        self.prefix = f"redhouse_test_{os.getpid()}"
        self.count = 0
        self.unwritten: dict[str, str] = {}  # by template
        self.admin = psycopg.connect(**postgres.conninfo("super", database=self._first()), autocommit=True)

    @staticmethod
    def _first() -> str | None:
        return None if postgres.external_address() else "postgres"

    def create(self, name: str, template: str = "template1") -> str:
        # copying files takes a fifth of the time of copying through the log, now that nothing waits for the disk
        self.in_turn(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER redhouse_owner STRATEGY FILE_COPY')
        if template == "template1":
            postgres.prepare_database(name)
        else:  # a clone keeps everything but the privileges of the database itself
            self.admin.execute(f'GRANT CONNECT, TEMPORARY ON DATABASE "{name}" TO redhouse_app')
            self.admin.execute(f'GRANT CONNECT ON DATABASE "{name}" TO redhouse_figures')
        return name

    @contextmanager
    def clone(self, template: str) -> Iterator[str]:
        """A clone of the template, in use by every alias. Who only reads leaves it to the next."""
        if not (name := self.unwritten.pop(template, None)):
            self.count += 1
            name = self.create(f"{self.prefix}_{self.count}", template)
        before = self.writing()
        self.use(name)
        yield name
        for alias in ALIASES:
            connections[alias].close()
        if self.writing() == before:
            self.unwritten[template] = name
        else:
            self.drop(name)

    def writing(self) -> tuple[object, ...] | None:
        """The next number of a writing transaction, and those under way; reading takes none."""
        return self.admin.execute(
            "SELECT pg_snapshot_xmax(pg_current_snapshot())::text,"
            " array(SELECT backend_xid::text FROM pg_stat_activity WHERE backend_xid IS NOT NULL)"
        ).fetchone()

    def drop(self, name: str) -> None:
        # with force it sends away whoever is left, but autovacuum: only a plain drop may do that
        self.in_turn(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'DROP DATABASE IF EXISTS "{name}"')

    def in_turn(self, *statements: str) -> None:
        """The first that succeeds, tried in turn for a minute: who is sent out of a database takes a moment to be gone,
        on a busy machine longer than the five seconds that the server waits."""
        for statement in statements * (12 // len(statements)):
            try:
                self.admin.execute(statement)
                return
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse) as error:
                refused = error
        raise refused

    def use(self, name: str) -> None:
        """Point every alias, in every thread, at this database."""
        for alias in ALIASES:
            connections[alias].close()
            connections.settings[alias]["NAME"] = name
            connections[alias].settings_dict["NAME"] = name


def _unsteady(config: pytest.Config) -> list[pytest.TestReport]:
    """What failed when it was first asked and passed the second time, in a run that asks twice."""
    stats = config.pluginmanager.getplugin("terminalreporter").stats
    failed = {report.nodeid for report in stats.get("failed", [])}
    return [report for report in stats.get("rerun", []) if report.nodeid not in failed]


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if len(_unsteady(session.config)) > UNSTEADY_AT_MOST:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for report in (unsteady := _unsteady(terminalreporter.config)):
        terminalreporter.section(f"UNSTEADY {report.nodeid}", red=True)
        terminalreporter.write_line(report.longreprtext)
    if len(unsteady) > UNSTEADY_AT_MOST:
        terminalreporter.section(f"{len(unsteady)} UNSTEADY, {UNSTEADY_AT_MOST} ALLOWED", red=True)


def _let_midnight_pass() -> None:
    """A test is of one day: none begins so late that it would call two of them today."""
    now = datetime.now(SHANGHAI)
    left = datetime.combine(now.date() + timedelta(days=1), time(), SHANGHAI) - now
    if left < LONGEST:
        sleep(left.total_seconds())


@pytest.fixture(autouse=True)
def _as_it_begins() -> Iterator[None]:
    """Each test begins in the house's own language, at the real day, and with nothing kept of another town's pages."""
    _let_midnight_pass()
    cache.clear()
    translation.activate(django.conf.settings.LANGUAGE_CODE)
    stand_at(None)
    yield
    stand_at(None)  # what is made once for all tests is made before the next one begins


@pytest.fixture(scope="session")
def databases(django_db_blocker: pytest.FixtureRequest) -> Iterator[Databases]:
    with ExitStack() as stack:
        stack.enter_context(postgres.attach_or_start(what="pytest"))
        stack.enter_context(django_db_blocker.unblock())  # type: ignore[attr-defined]
        databases = Databases()
        if not postgres.external_address():
            databases.admin.execute("ALTER SYSTEM SET fsync = off")  # thousands of clones, none of them precious
            databases.admin.execute("ALTER SYSTEM SET full_page_writes = off")
            databases.admin.execute("SELECT pg_reload_conf()")
        yield databases
        for alias in ALIASES:
            connections[alias].close()
        names = databases.admin.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [databases.prefix + "%"]
        ).fetchall()
        for (name,) in names:
            databases.drop(name)
        databases.admin.close()


def _fill(databases: Databases, name: str, template: str, fill: object) -> str:
    databases.create(name, template)
    databases.use(name)
    fill()  # type: ignore[operator]
    for alias in ALIASES:
        connections[alias].close()
    return name


@pytest.fixture(scope="session")
def empty_template(databases: Databases) -> str:
    from redhouse.config.migrating import migrate

    return _fill(databases, f"{databases.prefix}_empty", "template1", lambda: migrate("owner"))


@pytest.fixture(scope="session")
def town_template(databases: Databases, empty_template: str) -> str:
    from tests.cast import build_cast

    return _fill(databases, f"{databases.prefix}_town", empty_template, build_cast)


@pytest.fixture(scope="session")
def demo_template(databases: Databases, empty_template: str) -> str:
    from redhouse.demo.loader import load_town

    def load() -> None:
        load_town(on=date(2026, 11, 18))

    return _fill(databases, f"{databases.prefix}_demo", empty_template, load)


def _clone(databases: Databases, template: str) -> Iterator[str]:
    from redhouse.ground.access.reach import set_reach

    with databases.clone(template) as name:
        set_reach("*")  # a test acts for the house; requests set their own reach, and walls are tested by name
        yield name


@pytest.fixture
def house(databases: Databases, empty_template: str) -> Iterator[str]:
    yield from _clone(databases, empty_template)


@pytest.fixture
def town(databases: Databases, town_template: str) -> Iterator[str]:
    yield from _clone(databases, town_template)


@pytest.fixture
def demo(databases: Databases, demo_template: str) -> Iterator[str]:
    """Read only by agreement: the one database is shared by all tests that ask for it."""
    from redhouse.ground.access.reach import set_reach

    databases.use(demo_template)
    set_reach("*")
    yield demo_template
    for alias in ALIASES:
        connections[alias].close()


@pytest.fixture
def superuser() -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """A connection above all walls, to tamper with the test's own database. Only the embedded server gives it."""
    if postgres.external_address():
        pytest.skip("NOT RUN: tampering needs a superuser, which the login of DATABASE_URL is not")
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(**postgres.conninfo("super", database=name), autocommit=True) as connection:
        yield connection
