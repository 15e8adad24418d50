"""What no statement of anybody can do to money: change a frozen register or a table, slip in a line or leave one out,
or give a holder a fen more or less than the shares say."""

from django.db import migrations

from redhouse.ground.ledger.walls import refuse_change, wall

TABLES = ("shareregister", "shareline", "distribution", "distributionline", "paymentlist", "payment", "unpaid")
WALLED = ("shareline", "sharequestion", "distributionline", "payment", "unpaid")

# Lines come in one statement, behind their head: what is there afterwards is whole, or nothing is.
EXACT = """
CREATE FUNCTION decisions_guard_shares() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM decisions_shareregister r JOIN LATERAL (
      SELECT count(*) AS holders, coalesce(sum(units), 0) AS units, max(number) AS last
      FROM decisions_shareline l WHERE l.register_id = r.id
    ) found ON true
    WHERE r.id IN (SELECT register_id FROM added)
      AND (found.holders, found.units, found.last) IS DISTINCT FROM (r.holders, r.units, r.holders)
  ) THEN
    PERFORM process_refuse('share_register_is_whole', '登记册的人数或份额与各行不符');
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION decisions_guard_amounts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM decisions_distribution d JOIN decisions_shareregister r ON r.id = d.register_id JOIN LATERAL (
      SELECT count(*) AS lines, coalesce(sum(l.amount_fen), 0) AS fen,
        bool_and(s.register_id = r.id AND s.person_id = l.person_id
          AND abs(l.amount_fen::numeric * r.units - d.total_fen::numeric * s.units) < r.units) AS fair
      FROM decisions_distributionline l JOIN decisions_shareline s ON s.id = l.share_id
      WHERE l.distribution_id = d.id
    ) found ON true
    WHERE d.id IN (SELECT distribution_id FROM added)
      AND (found.lines, found.fen, found.fair) IS DISTINCT FROM (r.holders, d.total_fen, true)
  ) THEN
    PERFORM process_refuse('distribution_is_exact', '分配表的合计或各行与登记册不符');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER decisions_shareline_whole AFTER INSERT ON decisions_shareline REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION decisions_guard_shares();
CREATE TRIGGER decisions_distributionline_exact AFTER INSERT ON decisions_distributionline
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION decisions_guard_amounts();
ALTER TABLE decisions_shareline ENABLE ALWAYS TRIGGER decisions_shareline_whole;
ALTER TABLE decisions_distributionline ENABLE ALWAYS TRIGGER decisions_distributionline_exact;
"""
GO = """
DROP TRIGGER decisions_distributionline_exact ON decisions_distributionline;
DROP TRIGGER decisions_shareline_whole ON decisions_shareline;
DROP FUNCTION decisions_guard_amounts(), decisions_guard_shares();
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0020_money"), ("process", "0002_guards"), ("ledger", "0002_walls")]

    operations = [
        *refuse_change(*(f"decisions_{table}" for table in TABLES)),
        *(wall(f"decisions_{table}", person="person_id") for table in WALLED),
        migrations.RunSQL(EXACT, GO),
    ]
