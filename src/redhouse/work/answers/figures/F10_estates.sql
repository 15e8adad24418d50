-- id: F10
-- name: 住宅小区
-- name_en: Residential estates
-- section: 2
-- unit: 个
-- unit_en: estates
-- kind: count
-- display: floor:10
-- applies: any
-- parts: people=小区人口
-- parts_en: people=residents of the estates
-- definition: 截至当日的住宅小区个数；小区人口为住在小区内各户登记人口之和。
-- definition_en: Residential estates on the day; their people are the registered residents of households inside them.
-- clause: 原文第二部分“超过50个住宅小区，小区人口超10万人”[S0]
-- clause_en: Article, part two: “more than 50 estates with more than 100,000 people” [S0]
-- caveat: 原文两处都写“超”，故显示时向下取整，准确数在此。
-- caveat_en: The article says “more than” twice; the display is rounded down, the exact counts stand here.

WITH e AS (
  SELECT d.division_id, d.code, d.from_on, CAST(coalesce(sum(h.residents), 0) AS bigint) AS people
  FROM division d
  LEFT JOIN household h ON h.division_code = d.code
    AND h.from_on <= :as_of AND (h.until_on IS NULL OR h.until_on > :as_of)
  WHERE d.kind = 'estate' AND d.code LIKE :division_prefix || '%'
    AND d.from_on <= :as_of AND (d.until_on IS NULL OR d.until_on > :as_of)
  GROUP BY d.division_id, d.code, d.from_on
)
SELECT '' AS part, count(*) AS numerator, CAST(NULL AS bigint) AS denominator, count(*) AS facts FROM e
UNION ALL SELECT 'people', CAST(coalesce(sum(people), 0) AS bigint), NULL, count(*) FROM e

-- rows:

SELECT e.from_on AS happened_on, e.code AS division_code, 'division' AS kind, 'estate' AS label,
  e.division_id AS subject_id, CAST(NULL AS bigint) AS actor_id, e.people AS quantity, CAST(NULL AS bigint) AS fact_id
FROM (
  SELECT d.division_id, d.code, d.from_on, CAST(coalesce(sum(h.residents), 0) AS bigint) AS people
  FROM division d
  LEFT JOIN household h ON h.division_code = d.code
    AND h.from_on <= :as_of AND (h.until_on IS NULL OR h.until_on > :as_of)
  WHERE d.kind = 'estate' AND d.code LIKE :division_prefix || '%'
    AND d.from_on <= :as_of AND (d.until_on IS NULL OR d.until_on > :as_of)
  GROUP BY d.division_id, d.code, d.from_on
) e
