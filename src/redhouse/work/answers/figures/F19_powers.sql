-- id: F19
-- name: 重要事权
-- name_en: Important powers
-- section: 4
-- unit: 项
-- unit_en: powers
-- kind: count
-- display: integer
-- applies: town
-- parts: sourced=原文点名, other=其余
-- parts_en: sourced=named in the article, other=others
-- definition: 截至当日列入村（社区）重要事权清单的事权项数；原文点名的3项单列。
-- definition_en: Powers on the list of important powers by the day; the three that the article names apart.
-- clause: 原文第四部分“10项重要事权清单”[S0]
-- clause_en: Article, part four: “the list of 10 important powers” [S0]
-- caveat: 未找到清单正式文本；原文点名3项，其余7项的名称为整理所得，可由镇修改。
-- caveat_en: The official text of the list was not found; three names are the article's, seven are compiled and may be changed by the town.

WITH p AS (
  SELECT count(DISTINCT label) AS powers, count(DISTINCT CASE WHEN object_id = 1 THEN label END) AS sourced, count(*) AS facts
  FROM fact
  WHERE kind = 'power_adopted' AND division_code LIKE :division_prefix || '%'
)
SELECT '' AS part, powers AS numerator, CAST(NULL AS bigint) AS denominator, facts FROM p
UNION ALL SELECT 'sourced', sourced, NULL, facts FROM p
UNION ALL SELECT 'other', powers - sourced, NULL, facts FROM p

-- rows:

SELECT happened_on, division_code, kind, label, subject_id, actor_id, quantity, fact_id
FROM fact
WHERE kind = 'power_adopted' AND division_code LIKE :division_prefix || '%'
