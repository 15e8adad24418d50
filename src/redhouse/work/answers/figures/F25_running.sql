-- id: F25
-- name: 在办事项
-- name_en: Matters under way
-- section: 5
-- unit: 件
-- unit_en: matters
-- kind: count
-- display: integer
-- applies: any
-- parts: stage_draft=起草, stage_gates=前置与监督, stage_notice=公示与通知, stage_vote=表决, stage_decision=决议公开与异议, stage_execute=报批与执行, stage_result=结果与归档, stage_ended=已办结
-- parts_en: stage_draft=draft, stage_gates=gates and supervision, stage_notice=publicity and notice, stage_vote=vote, stage_decision=decision and objections, stage_execute=approval and execution, stage_result=result and archive, stage_ended=ended
-- definition: 截至当日提出而没有办结的事项，按走到哪一段分列：看最后办结的是哪一步、怎样办结的。归档、撤回、表决未通过的为已办结，另列。
-- definition_en: Matters opened and not ended by the day, by where they stand: which step was closed last, and how. Archived, withdrawn and rejected by vote are ended, and stand apart.
-- clause: 镇《意见（试行）》的流程；分段为本系统所加[I]
-- clause_en: The flow of the town's trial opinion; the sections are our own [I]
-- caveat: 中止的仍算在办；退回的回到起草。
-- caveat_en: A suspended matter is still under way; one that was returned is at its draft again.

WITH r AS (
  SELECT n.subject_id, n.division_code, n.fact_id, n.happened_on, n.actor_id, n.label
  FROM (
    SELECT f.subject_id, f.division_code, f.fact_id, f.happened_on, f.actor_id, f.label,
      row_number() OVER (PARTITION BY f.subject_id ORDER BY f.fact_id DESC) AS place
    FROM fact f
    WHERE f.kind IN ('run_opened', 'step_closed') AND f.label LIKE 'P%' AND f.division_code LIKE :division_prefix || '%'
  ) n
  WHERE n.place = 1
), s AS (
  SELECT r.subject_id, r.division_code, r.fact_id, r.happened_on, r.actor_id,
    CASE
      WHEN r.label NOT LIKE '%.%.%' OR r.label LIKE '%.returned' OR r.label LIKE '%.changed' OR r.label LIKE '%.upheld'
        OR r.label LIKE '%.moved' THEN 'stage_draft'
      WHEN r.label LIKE '%.archived' OR r.label LIKE '%.withdrawn' OR r.label LIKE '%.failed' THEN 'stage_ended'
      WHEN r.label LIKE '%.submitted' OR r.label LIKE '%.informed' OR r.label LIKE '%.agreed' OR r.label LIKE '%.led'
        OR r.label LIKE '%.review.passed' THEN 'stage_gates'
      WHEN r.label LIKE '%.checked' OR r.label LIKE '%.publicity.posted' THEN 'stage_notice'
      WHEN r.label LIKE '%.notified' OR r.label LIKE '%.inquorate' THEN 'stage_vote'
      WHEN r.label LIKE '%.vote%.passed' OR r.label LIKE '%.decision.posted' THEN 'stage_decision'
      WHEN r.label LIKE '%.settled' OR r.label LIKE '%.passed' THEN 'stage_execute'
      ELSE 'stage_result'
    END AS stage
  FROM r
), g AS (
  SELECT stage, count(*) AS matters
  FROM s
  GROUP BY stage
)
SELECT '' AS part, CAST(coalesce(sum(CASE WHEN stage <> 'stage_ended' THEN matters ELSE 0 END), 0) AS bigint) AS numerator,
  CAST(NULL AS bigint) AS denominator,
  CAST(coalesce(sum(CASE WHEN stage <> 'stage_ended' THEN matters ELSE 0 END), 0) AS bigint) AS facts
FROM g
UNION ALL SELECT stage, matters, NULL, matters FROM g

-- rows:

SELECT s.happened_on, s.division_code, 'run_stage' AS kind, s.stage AS label, s.subject_id, s.actor_id, 1 AS quantity, s.fact_id
FROM (
  SELECT n.subject_id, n.division_code, n.fact_id, n.happened_on, n.actor_id,
    CASE
      WHEN n.label NOT LIKE '%.%.%' OR n.label LIKE '%.returned' OR n.label LIKE '%.changed' OR n.label LIKE '%.upheld'
        OR n.label LIKE '%.moved' THEN 'stage_draft'
      WHEN n.label LIKE '%.archived' OR n.label LIKE '%.withdrawn' OR n.label LIKE '%.failed' THEN 'stage_ended'
      WHEN n.label LIKE '%.submitted' OR n.label LIKE '%.informed' OR n.label LIKE '%.agreed' OR n.label LIKE '%.led'
        OR n.label LIKE '%.review.passed' THEN 'stage_gates'
      WHEN n.label LIKE '%.checked' OR n.label LIKE '%.publicity.posted' THEN 'stage_notice'
      WHEN n.label LIKE '%.notified' OR n.label LIKE '%.inquorate' THEN 'stage_vote'
      WHEN n.label LIKE '%.vote%.passed' OR n.label LIKE '%.decision.posted' THEN 'stage_decision'
      WHEN n.label LIKE '%.settled' OR n.label LIKE '%.passed' THEN 'stage_execute'
      ELSE 'stage_result'
    END AS stage
  FROM (
    SELECT f.subject_id, f.division_code, f.fact_id, f.happened_on, f.actor_id, f.label,
      row_number() OVER (PARTITION BY f.subject_id ORDER BY f.fact_id DESC) AS place
    FROM fact f
    WHERE f.kind IN ('run_opened', 'step_closed') AND f.label LIKE 'P%' AND f.division_code LIKE :division_prefix || '%'
  ) n
  WHERE n.place = 1
) s
WHERE s.stage <> 'stage_ended'
