-- id: F15
-- name: “小个专”培育示范点
-- name_en: Small-business demonstration organisation
-- section: 3
-- unit: 个
-- unit_en: organisations
-- kind: count
-- display: integer
-- applies: any
-- definition: 截至当日定为“小个专”党建培育示范点的党组织个数；同一组织只计一次。
-- definition_en: Organisations named as demonstration by the day; each counts once.
-- clause: 原文第三部分“轻纺城专业市场商户联合党支部为西樵镇‘小个专’党建培育示范点”[S0]
-- clause_en: Article, part three: the market joint branch is the demonstration [S0]
-- caveat: 以命名的记录为准。
-- caveat_en: Counted from the records of naming.

SELECT '' AS part, count(DISTINCT subject_id) AS numerator, CAST(NULL AS bigint) AS denominator, count(*) AS facts
FROM fact
WHERE kind = 'body_named_demonstration' AND division_code LIKE :division_prefix || '%'

-- rows:

SELECT happened_on, division_code, kind, label, subject_id, actor_id, quantity, fact_id
FROM fact
WHERE kind = 'body_named_demonstration' AND division_code LIKE :division_prefix || '%'
