-- id: F17
-- name: “一街两市”党建试点
-- name_en: Pilot “one street, two markets”
-- section: 3
-- unit: 个
-- unit_en: pilots
-- kind: count
-- display: integer
-- applies: town
-- parts: year=起始年份
-- parts_en: year=year it began
-- definition: 截至当日承接的“一街两市”党建试点个数及最早起始年份。
-- definition_en: Pilots “one street, two markets” taken on by the day, and the year of the first.
-- clause: 原文第三部分“2016年……承接南海区‘一街两市’党建试点建设工作”[S0]
-- clause_en: Article, part three: “in 2016 … took on the pilot” [S0]
-- caveat: 原文只写年份，未写月日。
-- caveat_en: The article gives the year only.

WITH p AS (
  SELECT count(DISTINCT label) AS pilots, min(CAST(EXTRACT(YEAR FROM happened_on) AS integer)) AS first_year, count(*) AS facts
  FROM fact
  WHERE kind = 'pilot_started' AND division_code LIKE :division_prefix || '%'
)
SELECT '' AS part, pilots AS numerator, CAST(NULL AS bigint) AS denominator, facts FROM p
UNION ALL SELECT 'year', first_year, NULL, facts FROM p

-- rows:

SELECT happened_on, division_code, kind, label, subject_id, actor_id, quantity, fact_id
FROM fact
WHERE kind = 'pilot_started' AND division_code LIKE :division_prefix || '%'
