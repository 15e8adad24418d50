"""What phones take along is journalled by transaction, so that "nothing changed" can be said without reading it all.

A row stands in the transaction that changed something: whoever sees the one sees the other."""

from django.db import migrations, models

from redhouse.ground.ledger.walls import refuse_change

HOME = "JOIN people_household h ON h.id ="
WRITTEN = {
    "visits_householdcontact": "SELECT 'm' || member_id FROM changed",
    "visits_visit": "SELECT 'm' || member_id FROM changed",
    "visits_caremark": f"SELECT left(h.division_code, 12) FROM changed {HOME} changed.household_id",
    "visits_checklist": "SELECT '' FROM changed",
    "process_casetype": "SELECT '' FROM changed",
    "places_division": "SELECT '' FROM changed",
    "people_household": "SELECT left(division_code, 12) FROM changed",
    "people_person": "SELECT left(h.division_code, 12) FROM changed JOIN people_household h ON h.head_id = changed.id",
    "places_dwelling": "SELECT left(h.division_code, 12) FROM changed"
    " JOIN people_household h ON h.dwelling_id = changed.id",
    # each asked only where it has rows: few facts are of these, and the plan is made when there is something to find
    "ledger_fact": {
        "kind = 'visit_recorded'": f"SELECT left(h.division_code, 12) FROM changed {HOME} changed.subject_id"
        " WHERE changed.kind = 'visit_recorded'",
        "corrects_id IS NOT NULL": "SELECT left(h.division_code, 12) FROM changed"
        f" JOIN ledger_fact f ON f.fact_id = changed.corrects_id {HOME} f.subject_id WHERE f.kind = 'visit_recorded'",
    },
}
# Rows before and after a change: a trigger has one of them at a time, so an update has two.
EVENTS = {"insert": "NEW", "update": "NEW", "update_before": "OLD", "delete": "OLD"}
ONLY = {"ledger_fact": ["insert"]}  # append-only


def journal(table: str, keys: str | dict[str, str]) -> migrations.RunSQL:
    """Run as the owner, who sees every household: a writer's own reach decides nothing here."""
    function = f"{table}_for_phones"
    triggers = "".join(
        f"CREATE TRIGGER {function}_{event} AFTER {event.split('_')[0].upper()} ON {table}"
        f" REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
        for event, rows in EVENTS.items()
        if event in ONLY.get(table, EVENTS)
    )
    steps = "".join(
        f" IF EXISTS (SELECT FROM changed WHERE {rows}) THEN INSERT INTO visits_doorstepchange (key, xact)"
        f" SELECT DISTINCT found.key, pg_current_xact_id()::text::bigint FROM ({found}) AS found (key)"
        " ON CONFLICT DO NOTHING; END IF;"
        for rows, found in (keys if isinstance(keys, dict) else {"true": keys}).items()
    )
    return migrations.RunSQL(
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
        f" SET search_path = public, pg_temp AS $$ BEGIN{steps} RETURN NULL; END $$;"
        f"{triggers}",
        f"DROP FUNCTION {function}() CASCADE",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_walls"),
        ("people", "0005_grid_posts"),
        ("process", "0032_case_guards"),
        ("visits", "0007_notes"),
    ]
    operations = [
        migrations.CreateModel(
            name="DoorstepChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(db_collation="C", max_length=20)),
                ("xact", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "xact"), name="doorstep_change_once_a_transaction")
                ],
            },
        ),
        *refuse_change("visits_doorstepchange"),
        *(journal(table, keys) for table, keys in WRITTEN.items()),
    ]
