"""(p) Phones that come home: push, pull, a whole town at once, one phone with a long queue, and what the server holds.

BENCH_SYNC=20 divides every size by 20, for a quick look."""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import django
import psycopg

from benchmarks.demo import note_peaks
from benchmarks.phones import ENTRIES, Line, Outcome, Phone, at_once, entries_of
from benchmarks.serving import PORT, serving
from benchmarks.table import Result, median, seconds, spread
from redhouse.kit import postgres

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from redhouse.ground.access.models import Account

PART = int(os.environ.get("BENCH_SYNC", "1"))
CLIENTS, EACH, ROUNDS = 8, 250 // PART, 3  # entries of one client in a round
MEMBERS, QUEUED, LINES = 4000 // PART, 10_000 // PART, 16
FEW, MANY = 25, 2500 // PART
TABLES = ("clients_entry", "ledger_fact", "visits_visit")


def measure() -> Iterator[Result]:
    with serving() as server, postgres.attach_or_start(what="bench"):
        django.setup()
        from django.db import connections

        phones = _Phones()
        yield _pushing(phones)
        yield _pulling(phones)
        yield _town(phones)
        yield _queue(phones, server.pid)
        connections.close_all()


class _Phones:
    """Members of the demo town with accounts, sessions and caseloads, made in bulk: they are not what is measured."""

    def __init__(self) -> None:
        from redhouse.ground.access.models import Account
        from redhouse.ground.access.reach import set_reach
        from redhouse.kit.today import today
        from redhouse.work.visits.models import HouseholdContact

        set_reach("*")
        self.today = today()
        self.day = 0
        homes: dict[int, list[int]] = {}
        standing = HouseholdContact.objects.as_of(self.today).filter(member__account=None).order_by("pk")
        for member, home in standing.values_list("member_id", "household_id"):
            homes.setdefault(member, []).append(home)
        members = [member for member, mine in homes.items() if mine]
        special, self.town_members = members[: CLIENTS + 2], members[CLIENTS + 2 :][:MEMBERS]
        free = [home for member in members[CLIENTS + 2 :] for home in homes[member]]
        wanted = dict(zip(special, [EACH] * CLIENTS + [FEW, MANY], strict=True))
        given = {member: _caseload(member, homes[member], size, free) for member, size in wanted.items()}
        Account.objects.bulk_create(
            Account(username=f"bench-{member}", password="!", person_id=member)
            for member in (*special, *self.town_members)
        )
        sessions = _sessions(Account.objects.filter(username__startswith="bench-"))
        made = {member: Phone(sessions[member], tuple(mine)) for member, mine in (homes | given).items()
                if member in sessions}  # fmt: skip
        self.clients = [made[member] for member in special[:CLIENTS]]
        self.few, self.many = made[special[CLIENTS]], made[special[CLIENTS + 1]]
        self.town = [made[member] for member in self.town_members]

    def new_day(self) -> date:
        """Nobody called at any household on it so far."""
        self.day += 1
        return self.today - timedelta(days=self.day)


def _caseload(member: int, own: list[int], size: int, free: list[int]) -> list[int]:
    """Exactly `size` households: some of the member's, the others besides whoever keeps contact with them already."""
    from redhouse.ground.people.models import Household
    from redhouse.work.visits.models import HouseholdContact

    HouseholdContact.objects.filter(member=member, household__in=own[size:]).update(until_on=date.today())
    more = [home for home in free if home not in set(own)][: max(0, size - len(own))]
    codes = dict(Household.objects.filter(pk__in=more).values_list("pk", "division_code"))
    HouseholdContact.objects.bulk_create(
        HouseholdContact(household_id=home, member_id=member, division_code=codes[home], from_on=date(2018, 1, 1))
        for home in more
    )
    return [*own[:size], *more]


def _sessions(accounts: "QuerySet[Account]") -> dict[int, str]:
    """By person: signed in, without the pages of signing in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    until, store, found, rows = timezone.now() + timedelta(hours=12), SessionStore(), {}, []
    for account in accounts:
        data = {
            SESSION_KEY: str(account.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: account.get_session_auth_hash(),
        }
        key = store._get_new_session_key()  # type: ignore[attr-defined]
        rows.append(Session(session_key=key, session_data=store.encode(data), expire_date=until))
        found[account.person_id] = key
    Session.objects.bulk_create(rows)
    return found


def sign_in(username: str) -> str:
    """The session of one of the demo's own accounts."""
    from redhouse.ground.access.models import Account

    return _sessions(Account.objects.filter(username=username))[Account.objects.get(username=username).person_id or 0]


# ── push ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _pushing(phones: _Phones) -> Result:
    rates: dict[int, list[float]] = {1: [], CLIENTS: []}
    bare: dict[int, list[float]] = {1: [], CLIENTS: []}
    lag = []
    for _round in range(ROUNDS):
        for clients in rates:
            before = _keys()
            took, outcomes = at_once(PORT, "push", phones.clients[:clients], [phones.new_day()], lines=clients)
            count = _accepted(outcomes)
            assert count == clients * EACH, outcomes
            rates[clients].append(count / took)
            lag.append(seconds(_until_logged))
            bare[clients].append(count / _bare(before, clients))
    ratios = {n: [ours / raw for ours, raw in zip(rates[n], bare[n], strict=True)] for n in rates}
    rows = []
    for n in rates:
        who = "1 client" if n == 1 else f"{n} clients"
        rows.append((f"bare commits, {who}", spread(bare[n], 0), "1"))
        rows.append((f"push, {who}", spread(rates[n], 0), spread(ratios[n], 3)))
    return Result(
        title="(p) Entries pushed a second",
        about=f"Phones send batches of {ENTRIES} visits with topics, people met and needs to `redhouse serve` (two "
        f"web processes, the worker beside them) over connections kept open, {EACH} visits each in a round; phones, "
        "server and database share two cores. Each entry is validated, taken once, judged by the rules, stored as "
        "entry, visit and fact, a batch against which nothing stands in one transaction; its leaf follows in the "
        "public log, which is waited for outside the clock. Bare: the very rows of entry, fact and visit, inserted by "
        "as many clients into tables without index, check or trigger, one commit for the three.",
        head=("", "entries a second", "ratio"),
        rows=rows,
        reached=f"{1000 / median(rates[1]):.1f} ms an entry; {median(rates[CLIENTS]) / median(rates[1]):.2f} times as"
        f" many with {CLIENTS} clients. The last leaf was in the log {spread(lag)} s after the last answer.",
    )  # fmt: skip


def _accepted(outcomes: list[Outcome]) -> int:
    return sum(outcome.states.get("accepted", 0) for outcome in outcomes)


def _keys() -> list[int]:
    with psycopg.connect(**postgres.conninfo("super"), autocommit=True) as connection:
        row = connection.execute(
            "SELECT (SELECT coalesce(max(id), 0) FROM clients_entry), (SELECT coalesce(max(fact_id), 0)"
            " FROM ledger_fact), (SELECT coalesce(max(id), 0) FROM visits_visit)"
        ).fetchone()
    assert row is not None
    return list(row)


def _until_logged() -> None:
    with psycopg.connect(**postgres.conninfo("super"), autocommit=True) as connection:
        for _ in range(1200):
            row = connection.execute(
                "SELECT (SELECT max(fact_id) FROM ledger_fact) = (SELECT max(fact_id) FROM ledger_entry)"
            ).fetchone()
            if row == (True,):
                return
            time.sleep(0.1)
    raise RuntimeError("the log does not follow")


def _bare(before: list[int], clients: int) -> float:
    """Seconds to insert the rows that were written since `before` again, one commit for the three of an entry."""
    with psycopg.connect(**postgres.conninfo("super"), autocommit=True) as owner:
        rows: list[list[Any]] = []
        statements = []
        for table, key, last in zip(TABLES, ("id", "fact_id", "id"), before, strict=True):
            owner.execute(f"DROP TABLE IF EXISTS bench_{table}")  # type: ignore[arg-type]
            owner.execute(f"CREATE TABLE bench_{table} AS SELECT * FROM {table} WITH NO DATA")  # type: ignore[arg-type]
            found = owner.execute(f"SELECT * FROM {table} WHERE {key} > %s ORDER BY {key}", [last])  # type: ignore[arg-type]
            rows.append(found.fetchall())
            statements.append(f"INSERT INTO bench_{table} VALUES ({', '.join(['%s'] * len(found.description or ()))})")
    work = list(zip(*rows, strict=True))

    def insert(mine: list[tuple[Any, ...]]) -> None:
        with psycopg.connect(**postgres.conninfo("super")) as connection:
            for three in mine:
                for statement, row in zip(statements, three, strict=True):
                    connection.execute(statement, row)  # type: ignore[arg-type]
                connection.commit()

    with ThreadPoolExecutor(clients) as pool:
        return seconds(lambda: list(pool.map(insert, [work[number::clients] for number in range(clients)])))


# ── pull ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _pulling(phones: _Phones) -> Result:
    rows, ratios = [], []
    for name, phone in ((f"{FEW} households", phones.few), (f"{MANY:,} households", phones.many)):
        line = Line(PORT, phone)
        token = line.sync([], "")
        whole = line.outcome.size
        full = [1000 * seconds(lambda line=line: line.sync([], "")) for _ in range(15)]
        same = [1000 * seconds(lambda line=line, token=token: line.sync([], token)) for _ in range(15)]
        small = line.outcome.size
        line.sync(entries_of(phone.homes[:1], [phones.new_day()]), None)
        again = [1000 * seconds(lambda line=line, token=token: line.sync([], token)) for _ in range(15)]
        ratios.append(median(full))
        rows += [
            (f"{name}, first", spread(full, 1), f"{whole:,}"),
            (f"{name}, nothing changed", spread(same, 1), f"{small:,}"),
            (f"{name}, one household changed", spread(again, 1), f"{line.outcome.size:,}"),
        ]
        line.connection.close()
    return Result(
        title="(p) Pull of a caseload",
        about="One phone on an idle house. Bytes are of the body, as sent; households are answered in 64 buckets, and "
        "a bucket in which one household changed is sent whole.",
        head=("caseload", "milliseconds", "bytes"),
        rows=rows,
        reached=f"{MANY // FEW} times the households take {ratios[1] / ratios[0]:.1f} times as long.",
    )


# ── a town, and a queue ────────────────────────────────────────────────────────────────────────────────────────


def _town(phones: _Phones) -> Result:
    took, outcomes = at_once(PORT, "sync", phones.town, [phones.new_day()], lines=LINES)
    count = len(outcomes)
    assert _accepted(outcomes) == count == len(phones.town), outcomes[:3]
    times = sorted(1000 * each for outcome in outcomes for each in outcome.times)
    lag = seconds(_until_logged)
    inside = "yes" if count / took >= 4000 / 60 else "no"
    return Result(
        title=f"(p) {count:,} members sync",
        about=f"Each sends one visit and takes the whole caseload along with the answer, as a phone does that has none "
        f"yet: one request on a connection of its own, {LINES} members at a time, from two processes on the server's "
        f"own two cores. "
        f"Members have {median([len(phone.homes) for phone in phones.town]):.0f} households (median).",
        head=("", ""),
        rows=[
            ("members through", f"{count:,}"),
            ("seconds", f"{took:.1f}"),
            ("members a second", f"{count / took:.1f}"),
            ("in one minute at that rate", f"{60 * count / took:,.0f}"),
            ("a request, median", f"{median(times):.0f} ms"),
            ("a request, 99th of 100", f"{times[len(times) * 99 // 100]:.0f} ms"),
        ],
        reached=f"Aim: 4,000 members in one minute. Reached: {inside}; {count:,} took {took:.0f} s, every visit"
        f" accepted once, the last leaf in the log {lag:.1f} s later.",
    )


def _queue(phones: _Phones, server: int) -> Result:
    phone = phones.many
    days = [phones.new_day() for _ in range(-(-QUEUED // len(phone.homes)))]
    before: dict[str, int] = {}
    note_peaks(server, before)
    entries = entries_of(phone.homes, days)[:QUEUED]
    line = Line(PORT, phone)

    def push() -> None:
        for at in range(0, len(entries), ENTRIES):
            line.sync(entries[at : at + ENTRIES], None)

    first, again = _push(line, push), _push(line, push)
    assert (first[1], again[1]) == ({"accepted": QUEUED}, {"duplicate": QUEUED}), (first[1], again[1])
    after: dict[str, int] = {}
    note_peaks(server, after)
    line.connection.close()
    names = ("web process", "worker", "postgres: connection")
    return Result(
        title=f"(p) {QUEUED:,} queued entries from one phone",
        about=f"In batches of {ENTRIES}, one after another; then all of them once more, as after a lost answer. "
        "Memory is each process's high-water mark in MiB, after the members above and after this.",
        head=("", "before", "after"),
        rows=[
            ("sent first", "", f"{first[0]:.1f} s, {QUEUED / first[0]:.0f} a second"),
            ("sent again: nothing changes", "", f"{again[0]:.1f} s, {QUEUED / again[0]:.0f} a second"),
            *((name, str(before.get(name, 0) // 1024), str(after.get(name, 0) // 1024)) for name in names),
        ],
        reached=f"{QUEUED:,} accepted, then {QUEUED:,} times duplicate; the longest answer took"
        f" {max(line.outcome.times):.2f} s.",
    )


def _push(line: Line, work: Callable[[], None]) -> tuple[float, dict[str, int]]:
    line.outcome.states.clear()
    return seconds(work), dict(line.outcome.states)
