-- id: F03
-- name: 联系群众
-- name_en: Contacts with residents
-- section: 1
-- unit: 人次
-- unit_en: person-times
-- kind: count
-- display: wan1
-- applies: any
-- definition: 本年1月1日起至当日，党员入户联系的人次。一名党员到一户一次，计一人次；更正后的按更正计，作废的不计。
-- definition_en: Person-times from 1 January of the year to the day. One member at one household once is one; a corrected record counts as corrected, a void one not at all.
-- clause: 原文第一部分“年度累计联系群众34.6万人次”[S0]
-- clause_en: Article, part one: “346,000 person-times in the year” [S0]
-- caveat: 按走访当日的区划代码归村；区划以后调整，不改变已发生的走访。
-- caveat_en: A visit belongs to the village as coded on its day; later changes of divisions do not move it.

SELECT '' AS part, CAST(coalesce(sum(quantity), 0) AS bigint) AS numerator, CAST(NULL AS bigint) AS denominator,
  count(*) AS facts
FROM fact
WHERE kind = 'visit_recorded' AND division_code LIKE :division_prefix || '%' AND happened_on >= :from_on

-- rows:

SELECT happened_on, division_code, kind, label, subject_id, actor_id, quantity, fact_id
FROM fact
WHERE kind = 'visit_recorded' AND division_code LIKE :division_prefix || '%' AND happened_on >= :from_on
