-- id: F16
-- name: 纺织企业
-- name_en: Textile firms
-- section: 3
-- unit: 家
-- unit_en: firms
-- kind: count
-- display: floor:10
-- applies: town
-- parts: fabric_metres_a_year=年产面料（米）, high_grade_percent=高档面料占全国（%）
-- parts_en: fabric_metres_a_year=metres of fabric a year, high_grade_percent=share of China's high-grade fabric (%)
-- definition: 镇情载明的纺织企业数、年产面料米数和高档面料占全国的百分比，各取截至当日最近一次载明的数。
-- definition_en: Textile firms, metres of fabric a year and share of the country's high-grade fabric as last stated of the town by the day.
-- clause: 原文第三部分“850多家纺织企业，年产各档次的面料达到30亿米，高档面料占全国总产量约10%”[S0]
-- clause_en: Article, part three: “more than 850 firms, 3 billion metres a year, high-grade about 10 % of China” [S0]
-- caveat: 这是载明的数，不是由本系统逐户计数得出。
-- caveat_en: Stated numbers, not counted from rows here.

WITH p AS (
  SELECT label, quantity
  FROM (
    SELECT p.*, row_number() OVER (PARTITION BY division_code, label ORDER BY happened_on DESC, fact_id DESC) AS place
    FROM fact p
    WHERE kind = 'profile_stated' AND division_code LIKE :division_prefix || '%' AND length(division_code) = 12
      AND substr(division_code, 10, 3) = '000'
  ) r
  WHERE place = 1
)
SELECT '' AS part, CAST(sum(CASE label WHEN 'textile_firms' THEN quantity END) AS bigint) AS numerator,
  CAST(NULL AS bigint) AS denominator, count(*) AS facts FROM p
UNION ALL SELECT 'fabric_metres_a_year', CAST(sum(CASE label WHEN 'fabric_metres_a_year' THEN quantity END) AS bigint), NULL, count(*) FROM p
UNION ALL SELECT 'high_grade_percent', CAST(max(CASE label WHEN 'high_grade_percent' THEN quantity END) AS bigint), NULL, count(*) FROM p

-- rows:

SELECT happened_on, division_code, kind, label, subject_id, actor_id, quantity, fact_id
FROM (
    SELECT p.*, row_number() OVER (PARTITION BY division_code, label ORDER BY happened_on DESC, fact_id DESC) AS place
    FROM fact p
    WHERE kind = 'profile_stated' AND division_code LIKE :division_prefix || '%' AND length(division_code) = 12
      AND substr(division_code, 10, 3) = '000'
) r
WHERE place = 1
