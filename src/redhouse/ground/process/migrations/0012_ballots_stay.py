"""Ballots and boxes are for the owner too what they are for the application: laid in once, emptied at the close."""

from django.db import migrations

STAY = """
CREATE FUNCTION process_guard_emptying() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  callers text;
BEGIN
  GET DIAGNOSTICS callers = PG_CONTEXT;
  IF callers NOT LIKE '%process_empty_box(bigint)%' THEN
    PERFORM process_refuse('ballot_stays_until_the_close', '选票在封存时一次取出，此外不能删除');
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION process_guard_ballot() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
  box process_box;
  callers text;
BEGIN
  GET DIAGNOSTICS callers = PG_CONTEXT;
  IF callers LIKE '%process_empty_box(bigint)%' THEN
    RETURN NEW;  -- it lays the ballots of other boxes back
  END IF;
  IF TG_OP = 'UPDATE' THEN
    PERFORM process_refuse('ballot_is_cast_once', '选票投下就不能再改');
  END IF;
  box := process_open_box(NEW.box_id);
  IF clock_timestamp() - box.recorded_at >= box.closes_at - box.opened_at THEN
    PERFORM process_refuse('box_takes_nothing_late', '投票已经截止，迟到的票不收');
  END IF;
  IF box.method <> 'secret' THEN
    PERFORM process_refuse('ballot_fits_its_box', '只有无记名投票才有选票入箱');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER process_ballot_kept BEFORE DELETE ON process_ballot
  FOR EACH ROW EXECUTE FUNCTION process_guard_stays();
CREATE TRIGGER process_ballot_not_emptied BEFORE TRUNCATE ON process_ballot
  FOR EACH STATEMENT EXECUTE FUNCTION process_guard_emptying();
CREATE TRIGGER process_box_not_emptied BEFORE TRUNCATE ON process_box
  FOR EACH STATEMENT EXECUTE FUNCTION process_guard_stays();
ALTER TABLE process_ballot ENABLE ALWAYS TRIGGER process_ballot_kept;
ALTER TABLE process_ballot ENABLE ALWAYS TRIGGER process_ballot_not_emptied;
ALTER TABLE process_box ENABLE ALWAYS TRIGGER process_box_not_emptied;
"""
GO = """
DROP TRIGGER process_box_not_emptied ON process_box;
DROP TRIGGER process_ballot_not_emptied ON process_ballot;
DROP TRIGGER process_ballot_kept ON process_ballot;
DROP FUNCTION process_guard_emptying();
"""


class Migration(migrations.Migration):
    dependencies = [("process", "0011_vote_guards")]
    operations = [migrations.RunSQL(STAY, GO)]
