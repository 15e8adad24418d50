-- id: F30
-- name: 问题答复
-- name_en: Problems answered
-- section: 5
-- unit: %
-- unit_en: %
-- kind: ratio
-- display: percent
-- applies: any
-- numerator: 件　已答复反映人
-- numerator_en: problems whose reporter was answered
-- denominator: 件　本年反映
-- denominator_en: problems raised this year
-- parts: grid=网格事件, contact=联系问题
-- parts_en: grid=grid events, contact=problems raised in contact
-- definition: 本年1月1日起至当日走访、巡查、群众和其他系统反映的问题中，到当日已答复反映人（联系不上的，有联系记录也算）的件数与反映的件数之比。
-- definition_en: Of the problems raised from 1 January of the year to the day by visits, inspections, residents and other systems, those whose reporter was answered by the day, or could not be reached as recorded, over all of them.
-- clause: 原文未述；问题分级办理、件件有答复为本系统所加[I]
-- clause_en: Not in the article; that each problem gets its answer is our own [I]
-- caveat: 不予受理、转上级的也在分母；重新反映的另计一件。
-- caveat_en: Problems rejected or handed up are in the denominator; one that is raised again is another.

WITH p AS (
  SELECT subject_id, max(CASE WHEN kind = 'problem_reported' AND happened_on >= :from_on THEN 1 ELSE 0 END) AS raised,
    max(CASE kind WHEN 'reporter_answered' THEN 1 ELSE 0 END) AS answered,
    max(CASE WHEN kind = 'problem_reported' AND label LIKE 'G02%' THEN 1 ELSE 0 END) AS of_contact
  FROM fact
  WHERE kind IN ('problem_reported', 'reporter_answered') AND division_code LIKE :division_prefix || '%'
  GROUP BY subject_id
), g AS (
  SELECT CASE of_contact WHEN 1 THEN 'contact' ELSE 'grid' END AS part, count(*) AS raised, sum(answered) AS answered
  FROM p
  WHERE raised = 1
  GROUP BY CASE of_contact WHEN 1 THEN 'contact' ELSE 'grid' END
)
SELECT '' AS part, CAST(coalesce(sum(answered), 0) AS bigint) AS numerator, CAST(coalesce(sum(raised), 0) AS bigint) AS denominator,
  CAST(coalesce(sum(raised), 0) AS bigint) AS facts
FROM g
UNION ALL SELECT part, raised, NULL, raised FROM g

-- rows:

SELECT min(happened_on) AS happened_on, division_code, 'problem_reported' AS kind,
  CASE WHEN max(CASE kind WHEN 'reporter_answered' THEN 1 ELSE 0 END) = 1 THEN 'answered' ELSE 'unanswered' END AS label,
  subject_id, max(CASE kind WHEN 'problem_reported' THEN actor_id ELSE NULL END) AS actor_id, 1 AS quantity,
  min(fact_id) AS fact_id
FROM fact
WHERE kind IN ('problem_reported', 'reporter_answered') AND division_code LIKE :division_prefix || '%'
GROUP BY subject_id, division_code
HAVING max(CASE WHEN kind = 'problem_reported' AND happened_on >= :from_on THEN 1 ELSE 0 END) = 1
