-- id: F13
-- name: “小个专”党员
-- name_en: Small-business members
-- section: 3
-- unit: 名
-- unit_en: members
-- kind: count
-- display: integer
-- applies: any
-- parts: registered=在册党员, floating=流动党员
-- parts_en: registered=registered, floating=floating
-- definition: 截至当日在“小个专”各党组织里的党员，含在册与流动；流动党员的党籍仍在别处。
-- definition_en: Members living their organisation life in the small-business organisations on the day, registered and floating.
-- clause: 原文第三部分“共有党员126人，在册党员8人，流动党员118人”[S0]
-- clause_en: Article, part three: “126 members: 8 registered, 118 floating” [S0]
-- caveat: 在册的8名同时计入全镇在册党员；流动的118名不计入。
-- caveat_en: The 8 registered ones also count among the town's registered members; the 118 floating ones do not.

WITH t AS (
  SELECT count(*) AS total, CAST(coalesce(sum(CASE m.tie WHEN 'registered' THEN 1 ELSE 0 END), 0) AS bigint) AS registered
  FROM membership m
  JOIN body b ON b.body_id = m.body_id
  WHERE b.sector IN ('small_biz', 'specialised_market', 'self_employed', 'micro_enterprise', 'new_two')
    AND b.kind IN ('party_committee', 'party_general_branch', 'party_branch', 'party_group')
    AND b.division_code LIKE :division_prefix || '%'
    AND b.from_on <= :as_of AND (b.until_on IS NULL OR b.until_on > :as_of)
    AND m.from_on <= :as_of AND (m.until_on IS NULL OR m.until_on > :as_of)
)
SELECT '' AS part, total AS numerator, CAST(NULL AS bigint) AS denominator, total AS facts FROM t
UNION ALL SELECT 'registered', registered, NULL, registered FROM t
UNION ALL SELECT 'floating', total - registered, NULL, total - registered FROM t

-- rows:

SELECT m.from_on AS happened_on, b.division_code, 'membership' AS kind, m.tie AS label,
  m.person_id AS subject_id, CAST(NULL AS bigint) AS actor_id, 1 AS quantity, CAST(NULL AS bigint) AS fact_id
  FROM membership m
  JOIN body b ON b.body_id = m.body_id
  WHERE b.sector IN ('small_biz', 'specialised_market', 'self_employed', 'micro_enterprise', 'new_two')
    AND b.kind IN ('party_committee', 'party_general_branch', 'party_branch', 'party_group')
    AND b.division_code LIKE :division_prefix || '%'
    AND b.from_on <= :as_of AND (b.until_on IS NULL OR b.until_on > :as_of)
    AND m.from_on <= :as_of AND (m.until_on IS NULL OR m.until_on > :as_of)
