-- id: F23
-- name: 走到的住户
-- name_en: Households visited at least once
-- section: 1
-- unit: %
-- unit_en: %
-- kind: ratio
-- display: percent
-- applies: any
-- numerator: 户　本年至少走到一次
-- numerator_en: households visited this year
-- denominator: 户　截至当日在册
-- denominator_en: households on the day
-- definition: 本年1月1日起至当日至少入户一次的户数与截至当日在册户数之比。一户走多少次都算一户，故不超过100%。
-- definition_en: Households visited at least once from 1 January of the year to the day, over households standing on the day. Each household counts once, so it never exceeds 100 %.
-- clause: 原文未述；与“户联系”覆盖并列，一个问有没有人联系，一个问有没有走到[I]
-- clause_en: Not in the article; beside contact coverage it asks whether anybody came, not whether somebody is assigned [I]
-- caveat: 按户现在所在的区划归村；在别处登记的走访，只要走的是这一户，也算走到。
-- caveat_en: A household belongs where it stands on the day; a visit recorded elsewhere counts if it was to this household.

SELECT '' AS part, v.visited AS numerator, a.households AS denominator, a.households AS facts
FROM (
  SELECT count(*) AS visited
  FROM household h
  WHERE h.division_code LIKE :division_prefix || '%'
    AND h.from_on <= :as_of AND (h.until_on IS NULL OR h.until_on > :as_of)
    AND EXISTS (
      SELECT 1 FROM fact f
      WHERE f.kind = 'visit_recorded' AND f.subject_id = h.household_id AND f.happened_on >= :from_on
    )
) v
CROSS JOIN (
  SELECT count(*) AS households
  FROM household
  WHERE division_code LIKE :division_prefix || '%' AND from_on <= :as_of AND (until_on IS NULL OR until_on > :as_of)
) a

-- rows:

SELECT max(f.happened_on) AS happened_on, h.division_code, 'household' AS kind,
  CASE WHEN count(f.fact_id) > 0 THEN 'visited' ELSE 'unvisited' END AS label, h.household_id AS subject_id,
  CAST(NULL AS bigint) AS actor_id, CAST(coalesce(sum(f.quantity), 0) AS bigint) AS quantity, max(f.fact_id) AS fact_id
FROM household h
LEFT JOIN fact f ON f.subject_id = h.household_id AND f.kind = 'visit_recorded' AND f.happened_on >= :from_on
WHERE h.division_code LIKE :division_prefix || '%'
  AND h.from_on <= :as_of AND (h.until_on IS NULL OR h.until_on > :as_of)
GROUP BY h.household_id, h.division_code
