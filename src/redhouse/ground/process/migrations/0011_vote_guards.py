"""What no statement of anybody can do to a vote: change a closed roll, give one elector two ballots, slip a ballot into
a box that is not open, change or lose one, or close the step of a vote with another outcome than the tally's."""

from django.db import migrations

from redhouse.ground.ledger.walls import refuse_change, wall

WALLED = ("elector", "rollobjection", "recusal", "proxy", "signin", "mark")

ROLL = """
CREATE FUNCTION process_guard_roll() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.closed_on IS NOT NULL AND (TG_OP = 'DELETE' OR NEW IS DISTINCT FROM OLD) THEN
    PERFORM process_refuse('roll_is_closed', '名册已经定册，不能再改');
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE FUNCTION process_guard_elector() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  roll process_roll;
BEGIN
  FOR roll IN SELECT * FROM process_roll WHERE id IN (CASE WHEN TG_OP <> 'DELETE' THEN NEW.roll_id END,
    CASE WHEN TG_OP <> 'INSERT' THEN OLD.roll_id END) FOR SHARE
  LOOP
    IF roll.closed_on IS NOT NULL THEN
      PERFORM process_refuse('roll_is_closed', '名册已经定册，不能再改');
    END IF;
  END LOOP;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""

# A vote waits for the box to be closed and the closing for the votes: the row of the box is held shared.
OPEN = """
CREATE FUNCTION process_open_box(wanted bigint) RETURNS process_box LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
  box process_box;
BEGIN
  SELECT * INTO box FROM process_box WHERE id = wanted FOR SHARE;
  IF box.id IS NULL OR box.closed_at IS NOT NULL THEN
    PERFORM process_refuse('box_is_open', '票箱已经封存');
  END IF;
  RETURN box;
END $$;
CREATE FUNCTION process_guard_mark() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  box process_box := process_open_box(NEW.box_id);
BEGIN
  IF clock_timestamp() - box.recorded_at >= box.closes_at - box.opened_at THEN
    PERFORM process_refuse('box_takes_nothing_late', '投票已经截止，迟到的票不收');
  END IF;
  IF NEW.channel = 'paper' AND NEW.choice <> '' THEN
    PERFORM process_refuse('mark_on_paper_knows_no_choice', '纸质选票只记领票，不记选择');
  END IF;
  IF box.method = 'hands' OR (NEW.choice <> '') <> (box.method = 'named' AND NEW.channel = 'online') THEN
    PERFORM process_refuse('mark_fits_its_box', '领票登记与表决方式不符');
  END IF;
  IF NOT EXISTS (SELECT FROM process_meeting m JOIN process_elector e ON e.roll_id = m.roll_id
    WHERE m.id = box.meeting_id AND e.id = NEW.elector_id AND e.person_id = NEW.person_id)
  THEN
    PERFORM process_refuse('mark_of_an_elector', '此人不在这次表决的名册上');
  END IF;
  IF EXISTS (SELECT FROM process_recusal WHERE elector_id = NEW.elector_id) THEN
    PERFORM process_refuse('mark_of_nobody_recused', '此人已回避，不参加表决');
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION process_guard_ballot() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  box process_box;
BEGIN
  IF current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
    RETURN NEW;  -- process_empty_box lays the ballots of other boxes back
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
CREATE FUNCTION process_guard_keying() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM process_open_box((SELECT box_id FROM process_teller WHERE id = NEW.teller_id));
  RETURN NEW;
END $$;
CREATE FUNCTION process_guard_look() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM process_open_box(NEW.box_id);
  RETURN NEW;
END $$;
CREATE FUNCTION process_guard_teller() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM process_open_box(CASE TG_OP WHEN 'DELETE' THEN OLD.box_id ELSE NEW.box_id END);
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""

BOX = """
CREATE FUNCTION process_guard_box() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM process_refuse('box_is_kept', '票箱只能封存，不能删除');
  END IF;
  IF (NEW.id, NEW.meeting_id, NEW.method, NEW.opened_at, NEW.recorded_at, NEW.opened_by_id) IS DISTINCT FROM
    (OLD.id, OLD.meeting_id, OLD.method, OLD.opened_at, OLD.recorded_at, OLD.opened_by_id)
    OR (OLD.closed_at IS NOT NULL AND (OLD.paper_id IS NOT NULL OR
      (NEW.closed_at, NEW.closed_by_id, NEW.closes_at, NEW.printed, NEW.key) IS DISTINCT FROM
      (OLD.closed_at, OLD.closed_by_id, OLD.closes_at, OLD.printed, OLD.key)) AND NEW IS DISTINCT FROM OLD)
  THEN
    PERFORM process_refuse('box_is_closed', '票箱已经封存，不能再改');
  END IF;
  RETURN NEW;
END $$;
"""

# The table is emptied, not cleaned: its file goes away with every order, age and trace of the ballots, and what belongs
# to other boxes is written anew, all of it by one transaction and in the order of random numbers.
EMPTY = """
CREATE FUNCTION process_empty_box(wanted bigint) RETURNS SETOF process_ballot LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  taken process_ballot[]; kept process_ballot[];
BEGIN
  IF NOT EXISTS (SELECT FROM process_box WHERE id = wanted AND closed_at IS NOT NULL AND paper_id IS NULL) THEN
    PERFORM process_refuse('box_is_emptied_once', '票箱封存时才取票，只取一次');
  END IF;
  LOCK TABLE process_ballot IN ACCESS EXCLUSIVE MODE;
  SELECT array_agg(b ORDER BY b.id) INTO taken FROM process_ballot b WHERE b.box_id = wanted;
  SELECT array_agg(b ORDER BY b.id) INTO kept FROM process_ballot b WHERE b.box_id <> wanted;
  TRUNCATE process_ballot;
  INSERT INTO process_ballot SELECT * FROM unnest(kept);
  RETURN QUERY SELECT * FROM unnest(taken);
END $$;
REVOKE EXECUTE ON FUNCTION process_empty_box(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION process_empty_box(bigint) TO redhouse_app;
REVOKE UPDATE, DELETE ON process_ballot FROM redhouse_app;
"""

TALLY = """
CREATE FUNCTION process_guard_tally() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM process_runstep s JOIN process_roll r ON r.id = NEW.roll_id
      JOIN process_meeting m ON m.id = NEW.meeting_id AND m.roll_id = r.id
    WHERE s.id = NEW.step_id AND s.outcome = '' AND s.run_id = r.run_id AND s.key = r.step_key
      AND r.rule_id = NEW.rule_id AND r.vote_on = NEW.vote_on AND r.closed_on IS NOT NULL)
  THEN
    PERFORM process_refuse('tally_of_an_open_step', '计票结果与正在办理的这一步、名册或规则不符');
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION process_guard_step_tally() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  rule text;
BEGIN
  IF OLD.outcome <> '' OR NOT (
    (NEW.kind = 'vote' AND NEW.outcome IN ('passed', 'failed', 'inquorate'))
    OR (NEW.kind = 'party_deliberate' AND NEW.outcome IN ('agreed', 'returned')))
  THEN
    RETURN NEW;
  END IF;
  SELECT version.steps -> NEW.key ->> 'rule' INTO rule FROM process_run run
    JOIN process_procedureversion version ON version.id = run.version_id WHERE run.id = NEW.run_id;
  IF (NEW.kind = 'vote' OR rule <> '')
    AND NOT EXISTS (SELECT FROM process_tally WHERE step_id = NEW.id AND outcome = NEW.outcome)
  THEN
    PERFORM process_refuse('run_step_closes_as_its_tally_says', '没有计票结果，或与之不符：表决只能按计票结果办结');
  END IF;
  RETURN NEW;
END $$;
"""

FUNCTIONS = (ROLL, OPEN, BOX, EMPTY, TALLY)
DROP = """
DROP FUNCTION process_guard_step_tally(), process_guard_tally(), process_empty_box(bigint), process_guard_box(),
  process_guard_teller(), process_guard_look(), process_guard_keying(), process_guard_ballot(), process_guard_mark(),
  process_open_box(bigint), process_guard_elector(), process_guard_roll();
GRANT UPDATE, DELETE ON process_ballot TO redhouse_app;
"""

TRIGGERS = [
    ("process_roll", "process_roll_stays", "BEFORE UPDATE OR DELETE", "process_guard_roll"),
    ("process_elector", "process_elector_stays", "BEFORE INSERT OR UPDATE OR DELETE", "process_guard_elector"),
    ("process_mark", "process_mark_taken", "BEFORE INSERT", "process_guard_mark"),
    ("process_ballot", "process_ballot_taken", "BEFORE INSERT OR UPDATE", "process_guard_ballot"),
    ("process_keying", "process_keying_in_time", "BEFORE INSERT", "process_guard_keying"),
    ("process_thirdlook", "process_thirdlook_in_time", "BEFORE INSERT", "process_guard_look"),
    ("process_teller", "process_teller_in_time", "BEFORE INSERT OR UPDATE OR DELETE", "process_guard_teller"),
    ("process_box", "process_box_stays", "BEFORE UPDATE OR DELETE", "process_guard_box"),
    ("process_tally", "process_tally_fits", "BEFORE INSERT", "process_guard_tally"),
    ("process_runstep", "process_runstep_tally", "BEFORE UPDATE", "process_guard_step_tally"),
]


def always(table: str, name: str, when: str, function: str) -> migrations.RunSQL:
    """Fires for everybody, the owner included, also in replica mode."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}();"
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};",
        f"DROP TRIGGER {name} ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("process", "0010_votes"), ("ledger", "0002_walls")]
    operations = [
        *(wall(f"process_{table}", person="person_id") for table in WALLED),
        *refuse_change("process_recusal", "process_mark", "process_keying", "process_thirdlook", "process_tally"),
        migrations.RunSQL("".join(FUNCTIONS), DROP),
        *(always(*trigger) for trigger in TRIGGERS),
    ]
