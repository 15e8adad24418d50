"""Somebody with every right in the database, raw SQL, and triggers switched off. `verify` names what was done.

The record under attack: facts 1-12, heads over 4, 8 and 12 of them, number 13 lost to a rollback, facts 14-17 and a
head over 16. Fact 6 corrects fact 2.
"""

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import transaction

from redhouse.ground.ledger.actions import correct, record_many
from redhouse.ground.ledger.jobs import sequence_once
from redhouse.ground.ledger.keys import house_key
from redhouse.ground.ledger.models import TreeHead
from redhouse.ground.ledger.queries import heads, verify
from redhouse.kit.merkle import Frontier
from redhouse.kit.record import Finding, Known, Report, head_statement
from redhouse.kit.seal import new_key, sign
from tests.ground.ledger.factories import visit, visit_rows

pytestmark = pytest.mark.drill
Superuser = psycopg.Connection

FACT_ROW = (
    "INSERT INTO ledger_fact (fact_id, kind, division_code, happened_on, recorded_at, quantity, label, salt)"
    " OVERRIDING SYSTEM VALUE VALUES ({0}, 'visit_recorded', '440605122220', '2018-05-01', now(), 1, '',"
    " uuid_send(gen_random_uuid()))"
)
RELEAF = "UPDATE ledger_entry e SET leaf = redhouse_leaf(f) FROM ledger_fact f WHERE f.fact_id = e.fact_id"
SWAP = (
    "UPDATE {0} SET {1} = -1 WHERE {1} = {2}",
    "UPDATE {0} SET {1} = {2} WHERE {1} = {3}",
    "UPDATE {0} SET {1} = {3} WHERE {1} = -1",
)


def swap(table: str, column: str, one: int, other: int) -> list[str]:
    return [statement.format(table, column, one, other) for statement in SWAP]


@pytest.fixture
def attacker(house: str, superuser: Superuser) -> Superuser:
    record_many(visit_rows(4))
    sequence_once()
    visit(5)
    correct(fact_id=2, by=8, quantity=2)
    record_many(visit_rows(2))
    sequence_once()
    record_many(visit_rows(4))
    sequence_once()
    with transaction.atomic():
        visit(13)
        transaction.set_rollback(True)
    record_many(visit_rows(4))
    sequence_once()
    assert verify() == Report(16, heads()[-1].root, 4)
    superuser.execute("SET session_replication_role = replica")
    for table in ("ledger_fact", "ledger_entry", "ledger_treehead"):
        superuser.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    return superuser


def found(attacker: Superuser, *statements: str, known: list[Known] | None = None) -> Finding:
    for statement in statements:
        changed = attacker.execute(statement)
        assert changed.rowcount > 0, f"changed nothing: {statement}"
    finding = verify(known=known or []).finding
    assert finding is not None
    return finding


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'household_ended'",
        "division_code = '440605122219'",
        "happened_on = happened_on + 1",
        "recorded_at = recorded_at - interval '1 microsecond'",
        "actor_id = 8",
        "actor_id = NULL",
        "recorder_id = 9",
        "subject_id = 99",
        "object_id = 0",
        "quantity = quantity + 1",
        "label = 'themed'",
        "corrects_id = NULL",
        "corrects_id = 3",
        "salt = uuid_send(gen_random_uuid())",
    ],
)
def test_one_altered_column_names_the_fact(attacker: Superuser, change: str) -> None:
    finding = found(attacker, f"UPDATE ledger_fact SET {change} WHERE fact_id = 6")
    assert (finding.what, finding.fact_id) == ("altered", 6)
    assert "第 6 条与日志不符" in finding.sentence


@pytest.mark.parametrize(
    ("statements", "what", "fact_id"),
    [
        (["DELETE FROM ledger_fact WHERE fact_id = 7"], "missing", 7),
        (["UPDATE ledger_fact SET fact_id = 500 WHERE fact_id = 7"], "missing", 7),
        (["DELETE FROM ledger_fact WHERE fact_id = 7", "DELETE FROM ledger_entry WHERE fact_id = 7"], "missing", 8),
        (["DELETE FROM ledger_entry WHERE fact_id = 7"], "inserted", 7),
        ([FACT_ROW.format(13)], "inserted", 13),
        ([FACT_ROW.format(0)], "inserted", 0),
        ([FACT_ROW.format(-5)], "inserted", -5),
        (swap("ledger_fact", "fact_id", 3, 4), "altered", 3),
        (swap("ledger_entry", "fact_id", 3, 4), "missing", 3),
        (swap("ledger_entry", "position", 2, 3), "missing", 3),
        (["UPDATE ledger_entry SET leaf = sha256(leaf) WHERE fact_id = 9"], "altered", 9),
        (["UPDATE ledger_fact SET quantity = 5 WHERE fact_id = 6", RELEAF], "root", 5),
        (["DELETE FROM ledger_fact WHERE fact_id > 12"], "missing", 14),
        (
            ["DELETE FROM ledger_fact WHERE fact_id > 12", "DELETE FROM ledger_entry WHERE fact_id > 12"],
            "tail",
            None,
        ),
        (["DELETE FROM ledger_treehead WHERE size = 16"], "head", 14),
        (["DELETE FROM ledger_treehead"], "head", 1),
        (["UPDATE ledger_treehead SET root = sha256(root) WHERE size = 8"], "signature", None),
        (["UPDATE ledger_treehead SET size = 7 WHERE size = 8"], "signature", None),
        (["UPDATE ledger_treehead SET last_fact_id = 7 WHERE size = 8"], "signature", None),
        (["UPDATE ledger_treehead SET signature = sha512(signature) WHERE size = 8"], "signature", None),
        (["UPDATE ledger_treehead SET signed_at = signed_at - interval '1 day' WHERE size = 8"], "signature", None),
        (["UPDATE ledger_treehead SET key_id = '0123456789abcdef' WHERE size = 8"], "key", None),
    ],
)
def test_what_was_done_is_named(attacker: Superuser, statements: list[str], what: str, fact_id: int | None) -> None:
    finding = found(attacker, *statements)
    assert (finding.what, finding.fact_id) == (what, fact_id)
    assert finding.sentence


def test_a_fact_slipped_in_together_with_its_entry_is_named(attacker: Superuser) -> None:
    """With an entry of its own, and all later ones moved up to make place: then the next head does not fit."""
    finding = found(
        attacker,
        FACT_ROW.format(13),
        "UPDATE ledger_entry SET position = -position WHERE fact_id > 13",
        "UPDATE ledger_entry SET position = 1 - position WHERE fact_id > 13",
        "INSERT INTO ledger_entry (position, fact_id, leaf)"
        " SELECT 12, fact_id, redhouse_leaf(f) FROM ledger_fact f WHERE fact_id = 13",
    )
    assert (finding.what, finding.fact_id) == ("root", 13)
    assert finding.sentence.startswith("第 13 到 17 条之间的日志被整段改写")


def test_a_fact_hidden_among_those_waiting_is_simply_sequenced(attacker: Superuser) -> None:
    """Beyond the last head lies what is not yet in the log: nothing was promised there."""
    attacker.execute(FACT_ROW.format(18))
    assert verify().holds
    assert sequence_once() == 1
    assert (verify().size, verify().holds) == (17, True)


def resign(attacker: Superuser, key: bytes, key_id: str) -> None:
    """Sign all heads anew over the entries as they are now."""
    for head in TreeHead.objects.order_by("size"):
        leaves = attacker.execute("SELECT leaf FROM ledger_entry WHERE position < %s ORDER BY position", [head.size])
        frontier, now = Frontier(), datetime.now(UTC)
        frontier.extend(bytes(leaf) for (leaf,) in leaves.fetchall())
        statement = head_statement(size=head.size, last_fact_id=head.last_fact_id, root=frontier.root(), signed_at=now)
        attacker.execute(
            "UPDATE ledger_treehead SET root = %s, frontier = %s, signature = %s, key_id = %s, signed_at = %s"
            " WHERE size = %s",
            [frontier.root(), frontier.to_bytes(), sign(key, statement), key_id, now, head.size],
        )


def test_heads_signed_by_a_stranger_are_not_believed(attacker: Superuser) -> None:
    attacker.execute("UPDATE ledger_fact SET quantity = 5 WHERE fact_id = 6")
    attacker.execute(RELEAF)
    resign(attacker, new_key(), house_key().key_id)
    assert found(attacker).what == "signature"


def test_who_holds_the_key_too_is_found_by_a_head_kept_elsewhere(attacker: Superuser) -> None:
    published = [Known.parse(f"{head.size}:{head.root.hex()}") for head in heads()]
    attacker.execute("UPDATE ledger_fact SET quantity = 5 WHERE fact_id = 6")
    attacker.execute(RELEAF)
    resign(attacker, house_key().private, house_key().key_id)
    assert verify().holds  # from inside the house nothing is to be seen any more
    assert verify(known=published[:1]).holds  # the first four are as they were
    for later in published[1:]:
        finding = found(attacker, known=[later])
        assert (finding.what, finding.sentence) == (
            "root",
            f"前 {later.size} 条与别处保存的日志头不符：日志被整段改写，连日志头一起换过",
        )


def test_a_tail_cut_off_with_its_heads_is_found_by_a_head_kept_elsewhere(attacker: Superuser) -> None:
    newest = heads()[-1]
    for statement in (
        "DELETE FROM ledger_fact WHERE fact_id > 8",
        "DELETE FROM ledger_entry WHERE fact_id > 8",
        "DELETE FROM ledger_treehead WHERE size > 8",
    ):
        attacker.execute(statement)
    assert verify().holds
    finding = found(attacker, known=[Known(newest.size, newest.root)])
    assert (finding.what, finding.sentence) == ("tail", "日志头说有 16 条，只找到 8 条：末尾被截去")


def test_an_emptied_record_is_found_by_a_head_kept_elsewhere(attacker: Superuser) -> None:
    newest = heads()[-1]
    for table in ("ledger_entry", "ledger_treehead", "ledger_fact"):
        attacker.execute(f"DELETE FROM {table}")
    assert found(attacker, known=[Known(newest.size, newest.root)]).what == "tail"
