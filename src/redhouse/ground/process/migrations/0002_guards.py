"""What no statement of anybody can do to a run: leave the way of its version, take a step twice, change a closed one,
pass a gate by a move, end before the end. The functions read the tables of the version (`procedure.flat`)."""

from django.db import migrations

from redhouse.ground.ledger.walls import refuse_change

# A refusal has a sentence for the reader and a name for the program.
REFUSE = """
CREATE FUNCTION process_refuse(name text, sentence text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', sentence USING ERRCODE = 'restrict_violation', CONSTRAINT = name;
END $$;
"""

# Without branches: of the ways out of a step exactly one fits the facts of a matter.
WAY = """
CREATE FUNCTION process_way(ways jsonb, key text, outcome text, facts jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT way ->> 1 FROM jsonb_array_elements(ways -> key -> outcome) way WHERE facts @> (way -> 0) LIMIT 1
$$;
CREATE FUNCTION process_rank(kind text) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT array_position(ARRAY['draft', 'party_inform', 'party_deliberate', 'party_lead', 'leader_review',
    'supervision_check', 'pre_publicity', 'notice', 'vote', 'decision_publicity', 'objection', 'approval',
    'execute', 'result_publicity', 'archive'], kind)
$$;
CREATE FUNCTION process_leads_back(outcome text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT outcome IN ('returned', 'changed', 'upheld', 'withdrawn', 'moved')
$$;
"""

OPENS = """
CREATE FUNCTION process_guard_step_opens() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  run process_run; version process_procedureversion; last process_runstep; expected text;
BEGIN
  SELECT * INTO run FROM process_run WHERE id = NEW.run_id FOR UPDATE;
  SELECT * INTO version FROM process_procedureversion WHERE id = run.version_id;
  SELECT * INTO last FROM process_runstep WHERE run_id = NEW.run_id ORDER BY number DESC LIMIT 1;
  IF run.ending <> '' THEN
    PERFORM process_refuse('run_has_ended', '事项已办结，不能再开步骤');
  END IF;
  IF NEW.number <= last.number THEN
    PERFORM process_refuse('run_step_numbered_once', '这个序号已有一步');
  END IF;
  IF last.outcome = '' THEN
    PERFORM process_refuse('run_step_one_open_at_a_time', '上一步还没有办结，不能开下一步');
  END IF;
  expected := CASE
    WHEN last.id IS NULL THEN process_way(version.ways, '', '', run.facts)
    WHEN last.outcome = 'moved' THEN (SELECT to_key FROM process_runmove WHERE step_id = last.id)
    ELSE process_way(version.ways, last.key, last.outcome, run.facts)
  END;
  IF expected IS NULL OR NEW.key <> expected OR NEW.kind <> version.steps -> expected ->> 'kind'
    OR NEW.kind = 'end' OR NEW.number <> coalesce(last.number, 0) + 1 OR NEW.outcome <> ''
    OR NEW.opened_on <> coalesce(last.closed_on, run.opened_on)
  THEN
    PERFORM process_refuse('run_step_in_turn', '程序不通到这一步：应按程序逐步办理');
  END IF;
  NEW.opened_at := clock_timestamp();
  RETURN NEW;
END $$;
"""

CLOSES = """
CREATE FUNCTION process_guard_step_closes() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  run process_run; version process_procedureversion;
BEGIN
  IF NEW IS NOT DISTINCT FROM OLD THEN
    RETURN NEW;
  END IF;
  IF OLD.outcome <> '' THEN
    PERFORM process_refuse('run_step_closed_once', '这一步已经办结，不能再改');
  END IF;
  SELECT * INTO run FROM process_run WHERE id = NEW.run_id FOR UPDATE;
  SELECT * INTO version FROM process_procedureversion WHERE id = run.version_id;
  IF (NEW.id, NEW.run_id, NEW.number, NEW.key, NEW.kind, NEW.opened_on, NEW.opened_at, NEW.due_on) IS DISTINCT FROM
    (OLD.id, OLD.run_id, OLD.number, OLD.key, OLD.kind, OLD.opened_on, OLD.opened_at, OLD.due_on) OR NEW.outcome = ''
  THEN
    PERFORM process_refuse('run_step_is_only_closed', '步骤只能办结，不能改写');
  END IF;
  IF run.suspended_on IS NOT NULL AND NEW.outcome <> 'moved' THEN
    PERFORM process_refuse('run_is_suspended', '事项已中止，恢复后再办');
  END IF;
  IF (CASE WHEN NEW.outcome = 'moved' THEN NOT EXISTS (SELECT FROM process_runmove WHERE step_id = NEW.id)
    ELSE process_way(version.ways, NEW.key, NEW.outcome, run.facts) IS NULL END)
  THEN
    PERFORM process_refuse('run_step_outcome_has_a_way', '程序里没有这个结果的去路');
  END IF;
  IF NEW.closed_on < OLD.opened_on THEN
    PERFORM process_refuse('run_step_closes_after_it_opens', '办结日期不能早于这一步开始的日期');
  END IF;
  IF EXISTS (SELECT FROM people_post WHERE person_id = NEW.closed_by_id
    AND kind IN ('sys_admin', 'sec_admin', 'audit_admin') AND from_on <= NEW.closed_on
    AND (until_on IS NULL OR until_on > NEW.closed_on))
  THEN
    PERFORM process_refuse('run_step_not_by_administrators', '系统、安全、审计管理员不办理事项');
  END IF;
  IF NEW.outcome NOT IN ('withdrawn', 'moved') AND EXISTS (SELECT FROM process_runstep s WHERE s.run_id = NEW.run_id
    AND s.closed_by_id = NEW.closed_by_id AND s.outcome NOT IN ('withdrawn', 'moved')
    AND version.steps -> NEW.key -> 'apart_from' ? s.key)
  THEN
    PERFORM process_refuse('run_step_by_separate_people', '这一步与您办过的另一步须由不同的人办理');
  END IF;
  -- working days are at least as long as days; which days are worked the rules know
  IF NOT process_leads_back(NEW.outcome) AND EXISTS (
    SELECT FROM (SELECT DISTINCT ON (key) key, closed_on FROM process_runstep WHERE run_id = NEW.run_id
      AND outcome <> '' AND NOT process_leads_back(outcome) ORDER BY key, number DESC) s,
      jsonb_array_elements(version.steps -> s.key -> 'clocks') clock
    WHERE clock ->> 'bound' = 'at_least' AND clock ->> 'before' = NEW.key
      AND NEW.closed_on <= s.closed_on + (clock ->> 'count')::int)
  THEN
    PERFORM process_refuse('run_step_after_its_clocks', '法定期限未满，不能办结这一步');
  END IF;
  NEW.closed_at := clock_timestamp();
  RETURN NEW;
END $$;
"""

# A move leads to the draft, or to a gate of the new version that a lesser kind of step leads to, not past the step
# that is open, and every lesser gate has passed since the draft or the last material change.
MOVES = """
CREATE FUNCTION process_guard_move() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  step process_runstep; run process_run; present process_procedureversion; target process_procedureversion;
  kind text; since int;
BEGIN
  SELECT * INTO step FROM process_runstep WHERE id = NEW.step_id;
  SELECT * INTO run FROM process_run WHERE id = step.run_id FOR UPDATE;
  SELECT * INTO present FROM process_procedureversion WHERE id = run.version_id;
  SELECT * INTO target FROM process_procedureversion WHERE id = NEW.to_version_id;
  kind := target.steps -> NEW.to_key ->> 'kind';
  IF step.outcome <> '' OR run.ending <> '' OR NEW.from_version_id <> run.version_id OR present.code <> target.code
  THEN
    PERFORM process_refuse('run_move_of_a_running_matter', '只能为正在办理的事项转入同一事权的另一版程序');
  END IF;
  IF kind IS NULL OR process_rank(kind) > 6 OR process_rank(kind) > process_rank(step.kind)
    OR NOT EXISTS (SELECT FROM jsonb_each(target.ways) here, jsonb_each(here.value) outcome,
      jsonb_array_elements(outcome.value) way WHERE way ->> 1 = NEW.to_key AND NEW.facts @> (way -> 0)
      AND (here.key = '' OR process_rank(target.steps -> here.key ->> 'kind') < process_rank(kind)))
    OR (NEW.from_version_id = NEW.to_version_id AND kind <> 'draft')
  THEN
    PERFORM process_refuse('run_move_to_a_gate', '只能转到新版程序的起草或前置环节，不能越过环节');
  END IF;
  SELECT coalesce(max(number), 0) INTO since FROM process_runstep s WHERE s.run_id = run.id
    AND (s.kind = 'draft' OR s.outcome IN ('changed', 'upheld'));
  IF kind <> 'draft' AND EXISTS (SELECT FROM unnest(ARRAY['party_inform', 'party_deliberate', 'party_lead',
      'leader_review', 'supervision_check']) gate WHERE process_rank(gate) < process_rank(kind)
    AND NOT EXISTS (SELECT FROM process_runstep s WHERE s.run_id = run.id AND s.kind = gate AND s.outcome <> ''
      AND s.number > since AND NOT process_leads_back(s.outcome)))
  THEN
    PERFORM process_refuse('run_move_past_no_gate', '前面的环节还没有办过，不能转到这一步');
  END IF;
  RETURN NEW;
END $$;
"""

RUN = """
CREATE FUNCTION process_guard_run() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  last process_runstep; version process_procedureversion; following text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT * INTO version FROM process_procedureversion WHERE id = NEW.version_id;
    IF NEW.ending <> '' OR NEW.suspended_on IS NOT NULL OR NEW.opened_on < version.from_on
      OR NEW.opened_on >= version.until_on
    THEN
      PERFORM process_refuse('run_begins_at_the_beginning', '事项只能从头办起，用当日有效的程序');
    END IF;
    RETURN NEW;
  END IF;
  IF NEW IS NOT DISTINCT FROM OLD THEN
    RETURN NEW;
  END IF;
  IF OLD.ending <> '' THEN
    PERFORM process_refuse('run_has_ended', '事项已办结，不能再改');
  END IF;
  IF (NEW.id, NEW.host_id, NEW.division_code, NEW.opened_on, NEW.opened_by_id) IS DISTINCT FROM
    (OLD.id, OLD.host_id, OLD.division_code, OLD.opened_on, OLD.opened_by_id)
  THEN
    PERFORM process_refuse('run_keeps_its_origin', '事项由谁、何时、为谁提出，不能改写');
  END IF;
  SELECT * INTO last FROM process_runstep WHERE run_id = NEW.id ORDER BY number DESC LIMIT 1;
  IF (NEW.version_id, NEW.facts) IS DISTINCT FROM (OLD.version_id, OLD.facts) AND (last.outcome <> 'moved'
    OR NOT EXISTS (SELECT FROM process_runmove m WHERE m.step_id = last.id AND m.from_version_id = OLD.version_id
      AND m.to_version_id = NEW.version_id AND m.facts = NEW.facts))
  THEN
    PERFORM process_refuse('run_keeps_its_version', '程序版本和事项要素只能经有记录的决定改变');
  END IF;
  IF NEW.ending <> '' THEN
    SELECT * INTO version FROM process_procedureversion WHERE id = NEW.version_id;
    following := process_way(version.ways, last.key, last.outcome, NEW.facts);
    IF following IS NULL OR version.steps -> following ->> 'kind' <> 'end'
      OR version.steps -> following ->> 'ending' <> NEW.ending
      OR NEW.ended_on <> last.closed_on
    THEN
      PERFORM process_refuse('run_ends_at_an_end', '程序没有走到终点，不能办结');
    END IF;
  END IF;
  RETURN NEW;
END $$;
"""

# Asked when the transaction commits: a run waits at one step, or has ended; no way stops between two steps.
WHOLE = """
CREATE FUNCTION process_guard_whole() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  run_key bigint; run process_run; last process_runstep;
BEGIN
  IF TG_TABLE_NAME = 'process_run' THEN
    run_key := NEW.id;
  ELSIF TG_TABLE_NAME = 'process_runstep' THEN
    run_key := NEW.run_id;
  ELSE
    SELECT run_id INTO run_key FROM process_runstep WHERE id = NEW.step_id;
  END IF;
  SELECT * INTO run FROM process_run WHERE id = run_key;
  SELECT * INTO last FROM process_runstep WHERE run_id = run_key ORDER BY number DESC LIMIT 1;
  IF last.id IS NULL OR (last.outcome = '') <> (run.ending = '')
    OR EXISTS (SELECT FROM process_runmove m JOIN process_runstep s ON s.id = m.step_id
      WHERE s.run_id = run_key AND s.outcome <> 'moved')
  THEN
    PERFORM process_refuse('run_is_whole', '事项要么停在一步上，要么已经办结，不能停在两步之间');
  END IF;
  RETURN NULL;
END $$;
"""

CONVENING = """
CREATE FUNCTION process_guard_convening() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.escalated_on IS NOT NULL OR
    (NEW.id, NEW.run_id, NEW.demanders, NEW.electors, NEW.demanded_on, NEW.due_on, NEW.recorded_by_id) IS DISTINCT FROM
    (OLD.id, OLD.run_id, OLD.demanders, OLD.electors, OLD.demanded_on, OLD.due_on, OLD.recorded_by_id)
  THEN
    PERFORM process_refuse('convening_is_only_escalated', '召集要求一经登记，不能改写');
  END IF;
  RETURN NEW;
END $$;
"""

STAYS = """
CREATE FUNCTION process_guard_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM process_refuse('run_is_never_deleted', '事项和步骤只能办结，不能删除');
END $$;
"""

FUNCTIONS = (REFUSE, WAY, OPENS, CLOSES, MOVES, RUN, WHOLE, CONVENING, STAYS)
DROP = """
DROP FUNCTION process_guard_stays(), process_guard_convening(), process_guard_whole(), process_guard_run(),
  process_guard_move(), process_guard_step_closes(), process_guard_step_opens(), process_leads_back(text),
  process_rank(text), process_way(jsonb, text, text, jsonb), process_refuse(text, text);
"""

TEXT_DIGEST = (
    "ALTER TABLE process_procedureversion ADD CONSTRAINT procedure_version_digest_is_of_its_text"
    " CHECK (digest = encode(sha256(convert_to(text, 'UTF8')), 'hex'));"
)


def guard(table: str, name: str, when: str, function: str, *, kind: str = "TRIGGER", each: str = "ROW") -> str:
    """Fires for everybody, the owner included, also in replica mode."""
    deferred = " DEFERRABLE INITIALLY DEFERRED" if kind == "CONSTRAINT TRIGGER" else ""
    return (
        f"CREATE {kind} {name} {when} ON {table}{deferred} FOR EACH {each} EXECUTE FUNCTION {function}();"
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};"
    )


TRIGGERS = [
    ("process_runstep", "process_runstep_opens", "BEFORE INSERT", "process_guard_step_opens"),
    ("process_runstep", "process_runstep_closes", "BEFORE UPDATE", "process_guard_step_closes"),
    ("process_run", "process_run_way", "BEFORE INSERT OR UPDATE", "process_guard_run"),
    ("process_runmove", "process_runmove_gate", "BEFORE INSERT", "process_guard_move"),
    ("process_convening", "process_convening_stays", "BEFORE UPDATE", "process_guard_convening"),
]
WHOLES = ("process_run", "process_runstep", "process_runmove")
KEPT = ("process_run", "process_runstep", "process_convening")


class Migration(migrations.Migration):
    dependencies = [("process", "0001_initial"), ("ledger", "0002_walls")]
    operations = [
        *refuse_change("process_procedureversion", "process_runmove", "process_steppaper"),
        migrations.RunSQL("".join(FUNCTIONS), DROP),
        *(migrations.RunSQL(guard(*trigger), f"DROP TRIGGER {trigger[1]} ON {trigger[0]};") for trigger in TRIGGERS),
        *(
            migrations.RunSQL(
                guard(t, f"{t}_whole", "AFTER INSERT OR UPDATE", "process_guard_whole", kind="CONSTRAINT TRIGGER"),
                f"DROP TRIGGER {t}_whole ON {t};",
            )
            for t in WHOLES
        ),
        *(
            migrations.RunSQL(
                guard(t, f"{t}_kept", "BEFORE DELETE", "process_guard_stays")
                + guard(t, f"{t}_not_emptied", "BEFORE TRUNCATE", "process_guard_stays", each="STATEMENT"),
                f"DROP TRIGGER {t}_kept ON {t}; DROP TRIGGER {t}_not_emptied ON {t};",
            )
            for t in KEPT
        ),
        migrations.RunSQL(
            TEXT_DIGEST,
            "ALTER TABLE process_procedureversion DROP CONSTRAINT procedure_version_digest_is_of_its_text;",
        ),
    ]
