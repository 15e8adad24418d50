"""The ledger is append-only for everybody, and the leaf of a fact has one definition in the database."""

from django.db import migrations

from redhouse.ground.ledger.enums import WRITERS_LOCK
from redhouse.ground.ledger.walls import refuse_change

REFUSE = """
CREATE FUNCTION redhouse_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '账本只增不改：% 上不允许 %。请用更正或作废', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END $$;
"""

# Held shared to the end of the writing transaction; taken before the statement draws its first fact number.
LOCK = f"""
CREATE FUNCTION redhouse_writers_lock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared({WRITERS_LOCK});
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_fact_writers_lock BEFORE INSERT ON ledger_fact
  FOR EACH STATEMENT EXECUTE FUNCTION redhouse_writers_lock();
"""

# What a foreign key would do, for the few facts that correct another; facts are never deleted, so one side is enough.
CORRECTS = """
CREATE FUNCTION redhouse_corrected_fact_exists() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM ledger_fact WHERE fact_id = NEW.corrects_id) THEN
    RAISE EXCEPTION '没有第 % 条事实，无从更正', NEW.corrects_id USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_fact_corrects BEFORE INSERT ON ledger_fact
  FOR EACH ROW WHEN (NEW.corrects_id IS NOT NULL) EXECUTE FUNCTION redhouse_corrected_fact_exists();
"""

# The same text as redhouse.kit.record.leaf_text; a test holds the two together.
LEAF = r"""
CREATE FUNCTION redhouse_leaf(f ledger_fact) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256('\x00'::bytea || convert_to(
    'redhouse-fact/1|' || f.fact_id || '|' || f.kind || '|' || f.division_code
    || '|' || to_char(f.happened_on, 'YYYY-MM-DD')
    || '|' || (extract(epoch FROM f.recorded_at) * 1000000)::bigint
    || '|' || coalesce(f.actor_id::text, '') || '|' || coalesce(f.recorder_id::text, '')
    || '|' || coalesce(f.subject_id::text, '') || '|' || coalesce(f.object_id::text, '')
    || '|' || f.quantity || '|' || f.label || '|' || coalesce(f.corrects_id::text, '')
    || '|' || encode(f.salt, 'hex'), 'UTF8'))
$$;
"""

GRANTS = """
ALTER TABLE ledger_fact ADD CONSTRAINT fact_salt_has_16_bytes CHECK (octet_length(salt) = 16);
REVOKE INSERT ON ledger_fact FROM redhouse_app;
GRANT INSERT (kind, division_code, happened_on, actor_id, recorder_id, subject_id, object_id, quantity, label,
  corrects_id, salt) ON ledger_fact TO redhouse_app;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION redhouse_refuse_change();"),
        *refuse_change("ledger_fact", "ledger_entry", "ledger_treehead"),
        migrations.RunSQL(
            LOCK, "DROP TRIGGER ledger_fact_writers_lock ON ledger_fact; DROP FUNCTION redhouse_writers_lock();"
        ),
        migrations.RunSQL(
            CORRECTS,
            "DROP TRIGGER ledger_fact_corrects ON ledger_fact; DROP FUNCTION redhouse_corrected_fact_exists();",
        ),
        migrations.RunSQL(LEAF, "DROP FUNCTION redhouse_leaf(ledger_fact);"),
        migrations.RunSQL(
            GRANTS,
            "ALTER TABLE ledger_fact DROP CONSTRAINT fact_salt_has_16_bytes;"
            " GRANT INSERT ON ledger_fact TO redhouse_app;",
        ),
    ]
