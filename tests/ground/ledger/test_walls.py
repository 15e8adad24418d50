"""The ledger only grows, whoever asks: the matrix of role and statement, tried one by one."""

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction

from redhouse.ground.ledger.jobs import sequence_once
from redhouse.ground.ledger.models import Entry, Fact, TreeHead
from tests.ground.ledger.factories import visit

TABLES = ("ledger_fact", "ledger_entry", "ledger_treehead")
COLUMN = {"ledger_fact": "quantity", "ledger_entry": "position", "ledger_treehead": "size"}
STATEMENTS = {
    "update": "UPDATE {table} SET {column} = {column} + 1",
    "update of no row": "UPDATE {table} SET {column} = {column} WHERE false",
    "delete": "DELETE FROM {table}",
    "truncate": "TRUNCATE {table} CASCADE",
}


@pytest.fixture
def log(house: str) -> None:
    visit(1)
    visit(2)
    assert sequence_once() == 2


def written() -> list[list[dict[str, object]]]:
    return [list(model.objects.order_by("pk").values()) for model in (Fact, Entry, TreeHead)]


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("alias", ["default", "owner"])
def test_application_and_owner_cannot_change_the_past(log: None, alias: str, table: str, statement: str) -> None:
    before = written()
    sentence = "permission denied" if alias == "default" else "账本只增不改"
    with pytest.raises(DatabaseError, match=sentence), connections[alias].cursor() as cursor:
        cursor.execute(STATEMENTS[statement].format(table=table, column=COLUMN[table]))
    assert written() == before


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("table", TABLES)
def test_even_a_superuser_in_replica_mode_must_first_drop_the_trigger(
    log: None, superuser: psycopg.Connection, table: str, statement: str
) -> None:
    before = written()
    superuser.execute("SET session_replication_role = replica")
    with pytest.raises(psycopg.errors.RestrictViolation, match="请用更正或作废"):
        superuser.execute(STATEMENTS[statement].format(table=table, column=COLUMN[table]))
    assert written() == before


def test_on_conflict_is_no_way_around(log: None) -> None:
    number = Fact.objects.earliest("fact_id").pk
    with pytest.raises(DatabaseError, match="permission denied"), connections["default"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_fact (kind, division_code, happened_on, quantity, label, corrects_id)"
            " VALUES ('visit_recorded', '440605122220', '2018-05-01', 1, '', %s)"
            " ON CONFLICT (corrects_id) WHERE corrects_id IS NOT NULL DO UPDATE SET quantity = 9",
            [number],
        )


@pytest.mark.parametrize(("column", "value"), [("fact_id", "1000"), ("recorded_at", "'2018-05-01'")])
def test_number_and_clock_belong_to_the_database(house: str, column: str, value: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        insert(column, value)
    assert Fact.objects.count() == 0


@pytest.mark.parametrize("salt", ["''", r"'\x00'", r"'\x000102030405060708090a0b0c0d0e0f10'"])
def test_a_salt_has_sixteen_bytes(house: str, salt: str) -> None:
    with pytest.raises(IntegrityError, match="fact_salt_has_16_bytes"):
        insert("salt", salt)
    assert Fact.objects.count() == 0


def test_what_is_corrected_exists(house: str) -> None:
    number = visit()
    with pytest.raises(IntegrityError, match=f"没有第 {number - 1} 条事实，无从更正"):
        visit(corrects=number - 1)


def insert(column: str, value: str) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_fact (kind, division_code, happened_on, quantity, label, {column})"
            f" OVERRIDING SYSTEM VALUE VALUES ('visit_recorded', '440605122220', '2018-05-01', 1, '', {value})"
        )


@pytest.mark.parametrize("alias", ["default", "owner"])
def test_the_orm_is_no_way_around_either(log: None, alias: str) -> None:
    facts = Fact.objects.using(alias)
    with pytest.raises(DatabaseError):
        facts.update(quantity=9)
    with pytest.raises(DatabaseError), transaction.atomic(using=alias):
        facts.earliest("fact_id").delete()
    with pytest.raises(DatabaseError):
        facts.earliest("fact_id").save()
    assert set(Fact.objects.values_list("quantity", flat=True)) == {1}


def test_a_fact_cannot_be_corrected_twice_in_the_database(house: str) -> None:
    first = visit()
    visit(corrects=first)
    with pytest.raises(IntegrityError, match="fact_corrected_once"):
        visit(corrects=first)
