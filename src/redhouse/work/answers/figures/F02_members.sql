-- id: F02
-- name: 在册党员
-- name_en: Registered party members
-- section: 1
-- unit: 名
-- unit_en: members
-- kind: count
-- display: floor:1000
-- applies: any
-- definition: 截至当日党籍关系在册的党员人数；一人只在一个党组织在册。流动党员不计入，另见“小个专”党员。
-- definition_en: Members whose registered tie stands on the day. A member is registered in one organisation only; floating members are not counted here.
-- clause: 原文第一部分“全镇4000多名党员”[S0]
-- clause_en: Article, part one: “more than 4,000 party members” [S0]
-- caveat: 原文只写“4000多”，未写准确人数；此处为登记的准确数，按原文写法向下取整到千。
-- caveat_en: The article says only “more than 4,000”; the exact count stands here, and the display is rounded down to thousands.

SELECT '' AS part, count(*) AS numerator, CAST(NULL AS bigint) AS denominator, count(*) AS facts
FROM membership
WHERE tie = 'registered' AND division_code LIKE :division_prefix || '%'
  AND from_on <= :as_of AND (until_on IS NULL OR until_on > :as_of)

-- rows:

SELECT from_on AS happened_on, division_code, 'membership' AS kind, tie AS label,
  person_id AS subject_id, CAST(NULL AS bigint) AS actor_id, 1 AS quantity, CAST(NULL AS bigint) AS fact_id
FROM membership
WHERE tie = 'registered' AND division_code LIKE :division_prefix || '%'
  AND from_on <= :as_of AND (until_on IS NULL OR until_on > :as_of)
