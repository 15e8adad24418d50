-- id: F05
-- name: “户联系”覆盖
-- name_en: Household contact coverage
-- section: 1
-- unit: %
-- unit_en: %
-- kind: ratio
-- display: percent
-- applies: any
-- numerator: 户　有党员联系
-- numerator_en: households with a contact
-- denominator: 户　截至当日在册
-- denominator_en: households on the day
-- definition: 截至当日有党员联系的户数与在册户数之比。建立联系记一条，结束联系记一条，两者相抵仍有余的户算有联系。它不等于入户率：有人联系，不等于去过几次。
-- definition_en: Households with a contact member over households standing on the day: contacts begun less contacts ended is above zero. It is not the visit rate.
-- clause: 原文第一部分“党员‘户联系’实现全覆盖”[S0]
-- clause_en: Article, part one: “household contact by party members covers all” [S0]
-- caveat: 按户所在的区划归村，不按建立联系时的区划；户迁走后随户走。
-- caveat_en: A household belongs where it stands on the day, not where the contact began.

SELECT '' AS part, CAST(coalesce(sum(CASE WHEN c.contacts > 0 THEN 1 ELSE 0 END), 0) AS bigint) AS numerator,
  count(*) AS denominator, count(*) AS facts
FROM (
  SELECT h.household_id, h.division_code,
    sum(CASE f.kind WHEN 'contact_assigned' THEN 1 WHEN 'contact_ended' THEN -1 ELSE 0 END) AS contacts
  FROM household h
  LEFT JOIN fact f ON f.subject_id = h.household_id AND f.kind IN ('contact_assigned', 'contact_ended')
  WHERE h.division_code LIKE :division_prefix || '%'
    AND h.from_on <= :as_of AND (h.until_on IS NULL OR h.until_on > :as_of)
  GROUP BY h.household_id, h.division_code
) c

-- rows:

SELECT c.begun_on AS happened_on, c.division_code, 'household' AS kind,
  CASE WHEN c.contacts > 0 THEN 'covered' ELSE 'uncovered' END AS label, c.household_id AS subject_id,
  CASE WHEN c.contacts = 1 AND c.facts = 1 THEN c.actor_id END AS actor_id, CAST(c.contacts AS bigint) AS quantity, c.fact_id
FROM (
  SELECT h.household_id, h.division_code,
    sum(CASE f.kind WHEN 'contact_assigned' THEN 1 WHEN 'contact_ended' THEN -1 ELSE 0 END) AS contacts,
    count(f.fact_id) AS facts, max(f.happened_on) AS begun_on, max(f.actor_id) AS actor_id, max(f.fact_id) AS fact_id
  FROM household h
  LEFT JOIN fact f ON f.subject_id = h.household_id AND f.kind IN ('contact_assigned', 'contact_ended')
  WHERE h.division_code LIKE :division_prefix || '%'
    AND h.from_on <= :as_of AND (h.until_on IS NULL OR h.until_on > :as_of)
  GROUP BY h.household_id, h.division_code
) c
