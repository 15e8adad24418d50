-- id: F06
-- name: 村（社区）
-- name_en: Villages and communities
-- section: 2
-- unit: 个
-- unit_en: villages
-- kind: count
-- display: integer
-- applies: any
-- parts: village=村, community=社区
-- parts_en: village=villages, community=communities
-- definition: 截至当日的行政村与社区个数，各有12位区划代码。
-- definition_en: Villages and communities standing on the day, each with a 12-digit code.
-- clause: 原文第三部分“西樵镇32个村居”[S0]；代码据2017年区划表[S25b]
-- clause_en: Article, part three: “the 32 villages and communities” [S0]; codes from the 2017 table [S25b]
-- caveat: 其中两个代码系推定，在区划表中标明。
-- caveat_en: Two of the codes are inferred and marked so.

WITH d AS (
  SELECT count(*) AS total, CAST(coalesce(sum(CASE kind WHEN 'village' THEN 1 ELSE 0 END), 0) AS bigint) AS villages
  FROM division
  WHERE kind IN ('village', 'community') AND code LIKE :division_prefix || '%' AND from_on <= :as_of AND (until_on IS NULL OR until_on > :as_of)
)
SELECT '' AS part, total AS numerator, CAST(NULL AS bigint) AS denominator, total AS facts FROM d
UNION ALL SELECT 'village', villages, NULL, villages FROM d
UNION ALL SELECT 'community', total - villages, NULL, total - villages FROM d

-- rows:

SELECT from_on AS happened_on, code AS division_code, 'division' AS kind, kind AS label,
  division_id AS subject_id, CAST(NULL AS bigint) AS actor_id, 1 AS quantity, CAST(NULL AS bigint) AS fact_id
FROM division
WHERE kind IN ('village', 'community') AND code LIKE :division_prefix || '%' AND from_on <= :as_of AND (until_on IS NULL OR until_on > :as_of)
