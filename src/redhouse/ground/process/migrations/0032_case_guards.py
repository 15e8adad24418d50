"""What nobody can do to a case: close it unanswered, handle it without evidence, report it for nobody's account under
a procedure that asks for one. The verifier is held apart from the handler by the guard of closings (0002)."""

from importlib import import_module

from django.db import migrations

from redhouse.ground.ledger.walls import refuse_change, wall

guard = import_module("redhouse.ground.process.migrations.0002_guards").guard

# a case begins after every step of a matter in this order, so that no move leads into one (0002, MOVES)
WORDS = """
CREATE OR REPLACE FUNCTION process_rank(kind text) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT array_position(ARRAY['draft', 'party_inform', 'party_deliberate', 'party_lead', 'leader_review',
    'supervision_check', 'pre_publicity', 'notice', 'vote', 'decision_publicity', 'objection', 'approval',
    'execute', 'result_publicity', 'archive', 'accept', 'file', 'dispatch', 'handle', 'verify', 'close'], kind)
$$;
CREATE OR REPLACE FUNCTION process_leads_back(outcome text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT outcome IN ('returned', 'changed', 'upheld', 'withdrawn', 'moved', 'rejected', 'escalated', 'reopened')
$$;
"""
WORDS_BEFORE = """
CREATE OR REPLACE FUNCTION process_rank(kind text) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT array_position(ARRAY['draft', 'party_inform', 'party_deliberate', 'party_lead', 'leader_review',
    'supervision_check', 'pre_publicity', 'notice', 'vote', 'decision_publicity', 'objection', 'approval',
    'execute', 'result_publicity', 'archive'], kind)
$$;
CREATE OR REPLACE FUNCTION process_leads_back(outcome text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT outcome IN ('returned', 'changed', 'upheld', 'withdrawn', 'moved')
$$;
"""

CASE_CLOSES = """
CREATE FUNCTION process_guard_case_closes() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  version process_procedureversion; answered text;
BEGIN
  IF NEW.due_at IS DISTINCT FROM OLD.due_at THEN
    PERFORM process_refuse('run_step_is_only_closed', '步骤只能办结，不能改写');
  END IF;
  IF OLD.outcome <> '' OR NEW.outcome NOT IN ('handled', 'closed', 'closed_regardless') THEN
    RETURN NEW;
  END IF;
  SELECT v.* INTO version FROM process_procedureversion v JOIN process_run r ON r.version_id = v.id
    WHERE r.id = NEW.run_id;
  IF EXISTS (SELECT FROM jsonb_array_elements_text(version.steps -> NEW.key -> 'evidence') kind WHERE NOT EXISTS
    (SELECT FROM process_steppaper f JOIN papers_paper p ON p.id = f.paper_id
      WHERE f.step_id = NEW.id AND p.kind = kind))
  THEN
    PERFORM process_refuse('run_step_has_its_evidence', '还没有归入处置的佐证材料，不能办结');
  END IF;
  IF NEW.kind = 'close' THEN
    SELECT result INTO answered FROM process_reply WHERE step_id = NEW.id ORDER BY id DESC LIMIT 1;
    IF answered IS NULL OR (answered = 'not_content' AND NEW.outcome = 'closed') THEN
      PERFORM process_refuse('run_step_answers_the_reporter', '还没有答复上报人，或者上报人不认可，不能这样结案');
    END IF;
  END IF;
  RETURN NEW;
END $$;
"""

CASE_OPENS = """
CREATE FUNCTION process_guard_case_opens() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.opened_by_id IS NULL AND NOT EXISTS (SELECT FROM process_procedureversion v, jsonb_each(v.steps) step
    WHERE v.id = NEW.version_id AND step.value ->> 'kind' = 'accept')
  THEN
    PERFORM process_refuse('run_is_opened_by_somebody', '事项要写明由谁提出');
  END IF;
  RETURN NEW;
END $$;
"""
TRIGGERS = [
    ("process_runstep", "process_runstep_case", "BEFORE UPDATE", "process_guard_case_closes"),
    ("process_run", "process_run_case", "BEFORE INSERT", "process_guard_case_opens"),
]


class Migration(migrations.Migration):
    dependencies = [("process", "0031_cases")]
    operations = [
        migrations.RunSQL(WORDS, WORDS_BEFORE),
        migrations.RunSQL(
            CASE_CLOSES + CASE_OPENS, "DROP FUNCTION process_guard_case_closes(), process_guard_case_opens();"
        ),
        *(migrations.RunSQL(guard(*trigger), f"DROP TRIGGER {trigger[1]} ON {trigger[0]};") for trigger in TRIGGERS),
        *refuse_change("process_reply"),
        wall("process_report", person="reporter_id"),
    ]
