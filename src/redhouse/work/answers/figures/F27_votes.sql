-- id: F27
-- name: 法定表决通过
-- name_en: Votes passed
-- section: 5
-- unit: %
-- unit_en: %
-- kind: ratio
-- display: fraction
-- applies: any
-- numerator: 次　表决通过
-- numerator_en: votes passed
-- denominator: 次　依法进行的表决
-- denominator_en: votes held
-- parts: passed=通过, failed=未通过, inquorate=未达法定人数
-- parts_en: passed=passed, failed=failed, inquorate=no quorum
-- definition: 截至当日依法进行的表决中通过的次数。未达法定人数的没有进行表决，不在分母里，另列。
-- definition_en: Of the votes held by the day, those that passed. Where there was no quorum no vote was held: it is outside the base and stands apart.
-- clause: 原文第四部分“依法提交表决”；各项表决规则见表决规则页[S0]
-- clause_en: Article, part four: what law sends to a vote is voted on; the rules stand on the page of voting rules [S0]
-- caveat: 只计法定表决，不计支委会、党员大会的先议；前置通过不等于表决通过。
-- caveat_en: Statutory votes only, no Party meetings: a passed gate is no passed vote.

WITH g AS (
  SELECT CAST(coalesce(sum(CASE WHEN label LIKE '%.passed' THEN 1 ELSE 0 END), 0) AS bigint) AS passed,
    CAST(coalesce(sum(CASE WHEN label LIKE '%.failed' THEN 1 ELSE 0 END), 0) AS bigint) AS failed,
    CAST(coalesce(sum(CASE WHEN label LIKE '%.inquorate' THEN 1 ELSE 0 END), 0) AS bigint) AS inquorate, count(*) AS facts
  FROM fact
  WHERE kind = 'step_closed' AND division_code LIKE :division_prefix || '%'
    AND (label LIKE '%.vote%.passed' OR label LIKE '%.vote%.failed' OR label LIKE '%.vote%.inquorate')
)
SELECT '' AS part, passed AS numerator, passed + failed AS denominator, facts FROM g
UNION ALL SELECT 'passed', passed, NULL, passed FROM g
UNION ALL SELECT 'failed', failed, NULL, failed FROM g
UNION ALL SELECT 'inquorate', inquorate, NULL, inquorate FROM g

-- rows:

SELECT happened_on, division_code, kind, label, subject_id, actor_id, quantity, fact_id
FROM fact
WHERE kind = 'step_closed' AND division_code LIKE :division_prefix || '%'
  AND (label LIKE '%.vote%.passed' OR label LIKE '%.vote%.failed' OR label LIKE '%.vote%.inquorate')
