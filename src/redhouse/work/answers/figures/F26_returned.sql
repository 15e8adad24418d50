-- id: F26
-- name: 前置退回
-- name_en: Returned at the gates
-- section: 5
-- unit: 次
-- unit_en: returns
-- kind: count
-- display: integer
-- applies: any
-- parts: deliberate=先议退回, review=把关退回, approval=报批退回
-- parts_en: deliberate=by deliberation, review=by review, approval=by approval
-- definition: 截至当日先议、领导把关和报批把事项退回起草的次数。每次退回都有理由，理由对外公开。
-- definition_en: How often by the day deliberation, review or approval sent a matter back to its draft. Each return has its reason, which is public.
-- clause: 镇《意见（试行）》“领导把关”；退回须写理由并公开为本系统所加[I]
-- clause_en: The town's trial opinion, “review”; that a return needs a public reason is our own [I]
-- caveat: 一件事项可以退回几次，逐次计。
-- caveat_en: A matter may be returned several times; each counts.

WITH g AS (
  SELECT CASE WHEN label LIKE '%.review.%' THEN 'review' WHEN label LIKE '%.approval.%' OR label LIKE '%.land_plan.%' THEN 'approval'
    ELSE 'deliberate' END AS part, count(*) AS times
  FROM fact
  WHERE kind = 'step_closed' AND label LIKE 'P%.returned' AND division_code LIKE :division_prefix || '%'
  GROUP BY CASE WHEN label LIKE '%.review.%' THEN 'review' WHEN label LIKE '%.approval.%' OR label LIKE '%.land_plan.%' THEN 'approval'
    ELSE 'deliberate' END
)
SELECT '' AS part, CAST(coalesce(sum(times), 0) AS bigint) AS numerator, CAST(NULL AS bigint) AS denominator,
  CAST(coalesce(sum(times), 0) AS bigint) AS facts
FROM g
UNION ALL SELECT part, times, NULL, times FROM g

-- rows:

SELECT happened_on, division_code, kind, label, subject_id, actor_id, quantity, fact_id
FROM fact
WHERE kind = 'step_closed' AND label LIKE 'P%.returned' AND division_code LIKE :division_prefix || '%'
