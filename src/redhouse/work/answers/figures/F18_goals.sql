-- id: F18
-- name: 乡村振兴的方面
-- name_en: Aspects of rural revitalisation
-- section: 4
-- unit: 个
-- unit_en: aspects
-- kind: count
-- display: integer
-- applies: town
-- parts: revivals=振兴, governance=治理有效
-- parts_en: revivals=revivals, governance=effective governance
-- definition: 截至当日提出的乡村振兴方面：产业、人才、文化、生态、组织五个振兴，加治理有效。
-- definition_en: Aspects adopted by the day: revival of industry, talent, culture, ecology and organisation, and effective governance.
-- clause: 原文第四部分“六大方面推动乡村振兴”[S0]
-- clause_en: Article, part four: “six aspects” [S0]
-- caveat: 5＋1＝6；原文称治理有效是基础。
-- caveat_en: 5 + 1 = 6; the article calls effective governance the base.

WITH g AS (
  SELECT count(DISTINCT label) AS goals, count(DISTINCT CASE WHEN label LIKE 'revival%' THEN label END) AS revivals,
    count(DISTINCT CASE WHEN label = 'effective_governance' THEN label END) AS governance, count(*) AS facts
  FROM fact
  WHERE kind = 'goal_adopted' AND division_code LIKE :division_prefix || '%'
)
SELECT '' AS part, goals AS numerator, CAST(NULL AS bigint) AS denominator, facts FROM g
UNION ALL SELECT 'revivals', revivals, NULL, facts FROM g
UNION ALL SELECT 'governance', governance, NULL, facts FROM g

-- rows:

SELECT happened_on, division_code, kind, label, subject_id, actor_id, quantity, fact_id
FROM fact
WHERE kind = 'goal_adopted' AND division_code LIKE :division_prefix || '%'
