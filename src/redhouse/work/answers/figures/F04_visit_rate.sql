-- id: F04
-- name: 入户率
-- name_en: Visit rate
-- section: 1
-- unit: %
-- unit_en: %
-- kind: ratio
-- display: percent_floor
-- applies: any
-- numerator: 人次　本年入户
-- numerator_en: person-times this year
-- denominator: 户　截至当日在册
-- denominator_en: households on the day
-- definition: 本年入户人次与截至当日在册户数之比。同一户多次入户，逐次计数，故可超过100%，不封顶。
-- definition_en: Person-times of the year over households standing on the day. Repeated visits count each time, so the rate may exceed 100 % and is not capped.
-- clause: 原文第一部分“入户率超345%”[S0]
-- clause_en: Article, part one: “visit rate above 345 %” [S0]
-- caveat: 原文只写“入户率超345%”，未写分母；此处以在册户数为分母，显示时向下取整。
-- caveat_en: The article does not state the base; households standing on the day are taken, and the display is rounded down.

SELECT '' AS part, v.visits AS numerator, h.households AS denominator, v.facts AS facts
FROM (
  SELECT CAST(coalesce(sum(quantity), 0) AS bigint) AS visits, count(*) AS facts
  FROM fact
  WHERE kind = 'visit_recorded' AND division_code LIKE :division_prefix || '%' AND happened_on >= :from_on
) v
CROSS JOIN (
  SELECT count(*) AS households
  FROM household
  WHERE division_code LIKE :division_prefix || '%' AND from_on <= :as_of AND (until_on IS NULL OR until_on > :as_of)
) h

-- rows:

SELECT happened_on, division_code, kind, label, subject_id, actor_id, quantity, fact_id
FROM fact
WHERE kind = 'visit_recorded' AND division_code LIKE :division_prefix || '%' AND happened_on >= :from_on
