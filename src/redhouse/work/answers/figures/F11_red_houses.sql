-- id: F11
-- name: 党群服务“红房子”
-- name_en: Red houses in use
-- section: 2
-- unit: 个
-- unit_en: red houses
-- kind: count
-- display: integer
-- applies: any
-- parts: served=服务居民
-- parts_en: served=residents served
-- definition: 截至当日启用的社区党群服务“红房子”个数；服务居民为各红房子登记的服务人口之和。
-- definition_en: Red houses in use on the day; residents served as registered for each.
-- clause: 原文第二部分“今年8月29日，西樵首个社区党群服务‘红房子’……为近4万名社区居民”[S0]
-- clause_en: Article, part two: “the first red house, on 29 August, serves nearly 40,000” [S0]
-- caveat: 原文写“近4万”，即不到4万。
-- caveat_en: “Nearly 40,000” means below it.

WITH r AS (
  SELECT v.venue_id, v.served
  FROM venue v
  JOIN venue_status s ON s.venue_id = v.venue_id AND s.state = 'in_use'
    AND s.from_on <= :as_of AND (s.until_on IS NULL OR s.until_on > :as_of)
  WHERE v.kind = 'red_house' AND v.division_code LIKE :division_prefix || '%'
    AND v.from_on <= :as_of AND (v.until_on IS NULL OR v.until_on > :as_of)
)
SELECT '' AS part, count(*) AS numerator, CAST(NULL AS bigint) AS denominator, count(*) AS facts FROM r
UNION ALL SELECT 'served', CAST(coalesce(sum(served), 0) AS bigint), NULL, count(*) FROM r

-- rows:

SELECT s.from_on AS happened_on, v.division_code, 'venue' AS kind, s.state AS label, v.venue_id AS subject_id,
  CAST(NULL AS bigint) AS actor_id, v.served AS quantity, CAST(NULL AS bigint) AS fact_id
  FROM venue v
  JOIN venue_status s ON s.venue_id = v.venue_id AND s.state = 'in_use'
    AND s.from_on <= :as_of AND (s.until_on IS NULL OR s.until_on > :as_of)
  WHERE v.kind = 'red_house' AND v.division_code LIKE :division_prefix || '%'
    AND v.from_on <= :as_of AND (v.until_on IS NULL OR v.until_on > :as_of)
