-- id: F31
-- name: 问题按期办结
-- name_en: Problems settled in time
-- section: 5
-- unit: %
-- unit_en: %
-- kind: ratio
-- display: percent
-- applies: any
-- numerator: 件　各步都按期
-- numerator_en: problems with every step in time
-- denominator: 件　本年办结
-- denominator_en: problems that ended this year
-- parts: closed=结案, rejected=不予受理, handed_up=转上级
-- parts_en: closed=closed, rejected=not taken on, handed_up=handed up
-- definition: 本年1月1日起至当日办结的问题中，从受理到结案每一步都没有超过期限的件数与办结的件数之比。
-- definition_en: Of the problems that ended from 1 January of the year to the day, those of which no step was closed after its last day, over all of them.
-- clause: 各步期限见所依的程序版本和事件类型[I]
-- clause_en: The limits are those of the procedure and of the type of the event [I]
-- caveat: 按天算；以小时计的期限当天办结也算按期。没有办结的不在内，逾期未办的看调度台。
-- caveat_en: Counted by days; a limit of hours is kept on its day. What has not ended is not in it: the dispatcher's board shows what is late.

WITH e AS (
  SELECT CASE WHEN label LIKE '%.rejected.%' THEN 'rejected' WHEN label LIKE '%.handed_up.%' THEN 'handed_up' ELSE 'closed' END AS part,
    count(*) AS ended, sum(CASE WHEN label LIKE '%.in_time' THEN 1 ELSE 0 END) AS in_time
  FROM fact
  WHERE kind = 'case_ended' AND division_code LIKE :division_prefix || '%' AND happened_on >= :from_on
  GROUP BY CASE WHEN label LIKE '%.rejected.%' THEN 'rejected' WHEN label LIKE '%.handed_up.%' THEN 'handed_up' ELSE 'closed' END
)
SELECT '' AS part, CAST(coalesce(sum(in_time), 0) AS bigint) AS numerator, CAST(coalesce(sum(ended), 0) AS bigint) AS denominator,
  CAST(coalesce(sum(ended), 0) AS bigint) AS facts
FROM e
UNION ALL SELECT part, ended, NULL, ended FROM e

-- rows:

SELECT happened_on, division_code, kind, CASE WHEN label LIKE '%.in_time' THEN 'in_time' ELSE 'late' END AS label,
  subject_id, actor_id, quantity, fact_id
FROM fact
WHERE kind = 'case_ended' AND division_code LIKE :division_prefix || '%' AND happened_on >= :from_on
