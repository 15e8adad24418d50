-- id: F08
-- name: 经济社党群活动阵地示范点（计划）
-- name_en: Society sites planned for the year
-- section: 2
-- unit: 个
-- unit_en: sites
-- kind: count
-- display: integer
-- applies: any
-- plan: yes
-- definition: 计划在当日所在年份年底前启用的经济社党群活动阵地示范点。这是计划，不是已成的事实。
-- definition_en: Demonstration sites of economic societies that are to open within the year of the day. A plan, not yet a fact.
-- clause: 原文第二部分“预计到2018年底将有10个……投入使用”[S0]
-- clause_en: Article, part two: “10 are expected in use by the end of 2018” [S0]
-- caveat: 原文发布时（12月14日）年底未到，只能按计划计。
-- caveat_en: On the article's day the year had not ended, so only the plan can be counted.

SELECT '' AS part, count(*) AS numerator, CAST(NULL AS bigint) AS denominator, count(*) AS facts
FROM venue
WHERE kind = 'society_site' AND division_code LIKE :division_prefix || '%' AND from_on <= :as_of AND (until_on IS NULL OR until_on > :as_of)
  AND CAST(EXTRACT(YEAR FROM target_on) AS integer) = CAST(EXTRACT(YEAR FROM :as_of) AS integer)

-- rows:

SELECT target_on AS happened_on, division_code, 'venue' AS kind, 'planned' AS label,
  venue_id AS subject_id, CAST(NULL AS bigint) AS actor_id, 1 AS quantity, CAST(NULL AS bigint) AS fact_id
FROM venue
WHERE kind = 'society_site' AND division_code LIKE :division_prefix || '%' AND from_on <= :as_of AND (until_on IS NULL OR until_on > :as_of)
  AND CAST(EXTRACT(YEAR FROM target_on) AS integer) = CAST(EXTRACT(YEAR FROM :as_of) AS integer)
