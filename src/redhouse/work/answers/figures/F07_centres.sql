-- id: F07
-- name: 党群服务中心启用
-- name_en: Village centres in use
-- section: 2
-- unit: %
-- unit_en: %
-- kind: ratio
-- display: percent
-- applies: any
-- numerator: 个　中心已启用的村（社区）
-- numerator_en: villages with a centre in use
-- denominator: 个　村（社区）
-- denominator_en: villages and communities
-- parts: in_use=启用, building=在建, other=原文未述
-- parts_en: in_use=in use, building=building, other=not stated
-- definition: 村（社区）一级党群服务中心建成启用的村（社区）数与全部村（社区）数之比。“一级”指层级，不是等级。
-- definition_en: Villages whose village-level centre is in use, over all villages. “Level” is not a grade.
-- clause: 原文第二部分“已有11个……建成启用，占比34%，在建中的仍有15个”[S0]
-- clause_en: Article, part two: “11 in use, 34 %; 15 being built” [S0]
-- caveat: 其余6个的状态原文未述，由32减去启用、在建得出。
-- caveat_en: The article says nothing of the other six; they are 32 less those in use and being built.

WITH c AS (
  SELECT d.code, d.division_id,
    max(CASE s.state WHEN 'in_use' THEN 2 WHEN 'building' THEN 1 ELSE 0 END) AS stage
  FROM division d
  LEFT JOIN venue v ON substr(v.division_code, 1, 12) = d.code AND v.level = 'village' AND v.kind = 'centre'
    AND v.from_on <= :as_of AND (v.until_on IS NULL OR v.until_on > :as_of)
  LEFT JOIN venue_status s ON s.venue_id = v.venue_id
    AND s.from_on <= :as_of AND (s.until_on IS NULL OR s.until_on > :as_of)
  WHERE d.kind IN ('village', 'community') AND d.code LIKE :division_prefix || '%'
    AND d.from_on <= :as_of AND (d.until_on IS NULL OR d.until_on > :as_of)
  GROUP BY d.code, d.division_id
), t AS (
  SELECT count(*) AS villages,
    CAST(coalesce(sum(CASE stage WHEN 2 THEN 1 ELSE 0 END), 0) AS bigint) AS in_use,
    CAST(coalesce(sum(CASE stage WHEN 1 THEN 1 ELSE 0 END), 0) AS bigint) AS building
  FROM c
)
SELECT '' AS part, in_use AS numerator, villages AS denominator, villages AS facts FROM t
UNION ALL SELECT 'in_use', in_use, NULL, in_use FROM t
UNION ALL SELECT 'building', building, NULL, building FROM t
UNION ALL SELECT 'other', villages - in_use - building, NULL, villages - in_use - building FROM t

-- rows:

SELECT c.since_on AS happened_on, c.code AS division_code,
  CASE WHEN c.venue_id IS NULL THEN 'division' ELSE 'venue' END AS kind,
  CASE c.stage WHEN 2 THEN 'in_use' WHEN 1 THEN 'building' ELSE 'not_stated' END AS label,
  coalesce(c.venue_id, c.division_id) AS subject_id, CAST(NULL AS bigint) AS actor_id, 1 AS quantity,
  CAST(NULL AS bigint) AS fact_id
FROM (
  SELECT d.code, d.division_id,
    max(CASE s.state WHEN 'in_use' THEN 2 WHEN 'building' THEN 1 ELSE 0 END) AS stage, max(v.venue_id) AS venue_id, max(s.from_on) AS since_on
  FROM division d
  LEFT JOIN venue v ON substr(v.division_code, 1, 12) = d.code AND v.level = 'village' AND v.kind = 'centre'
    AND v.from_on <= :as_of AND (v.until_on IS NULL OR v.until_on > :as_of)
  LEFT JOIN venue_status s ON s.venue_id = v.venue_id
    AND s.from_on <= :as_of AND (s.until_on IS NULL OR s.until_on > :as_of)
  WHERE d.kind IN ('village', 'community') AND d.code LIKE :division_prefix || '%'
    AND d.from_on <= :as_of AND (d.until_on IS NULL OR d.until_on > :as_of)
  GROUP BY d.code, d.division_id
) c
