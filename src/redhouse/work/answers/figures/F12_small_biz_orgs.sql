-- id: F12
-- name: “小个专”党组织
-- name_en: Small-business party organisations
-- section: 3
-- unit: 个
-- unit_en: organisations
-- kind: count
-- display: integer
-- applies: any
-- parts: committee=“小个专”党委, market=专业市场商户联合党支部, self_employed=个体工商户协会党支部, micro_enterprise=小微企业党支部, village_new_two=村居“两新”党支部
-- parts_en: committee=committee, market=market joint branch, self_employed=self-employed branch, micro_enterprise=micro-enterprise branch, village_new_two=village “two-new” branches
-- definition: 截至当日小微企业、个体工商户、专业市场与“两新”领域的党组织个数，党委本身计入。
-- definition_en: Party organisations among micro-enterprises, the self-employed, markets and the “two-new” on the day, the committee included.
-- clause: 原文第三部分“共有‘小个专’党组织36个”[S0]
-- clause_en: Article, part three: “36 small-business party organisations” [S0]
-- caveat: 1＋1＋1＋1＋32＝36：党委1个，支部35个。
-- caveat_en: 1 + 1 + 1 + 1 + 32 = 36: one committee and 35 branches.

WITH o AS (
  SELECT b.kind, b.sector
  FROM body b
  WHERE b.sector IN ('small_biz', 'specialised_market', 'self_employed', 'micro_enterprise', 'new_two')
    AND b.kind IN ('party_committee', 'party_general_branch', 'party_branch', 'party_group')
    AND b.division_code LIKE :division_prefix || '%'
    AND b.from_on <= :as_of AND (b.until_on IS NULL OR b.until_on > :as_of)
), t AS (
  SELECT count(*) AS total,
    CAST(coalesce(sum(CASE WHEN kind = 'party_committee' THEN 1 ELSE 0 END), 0) AS bigint) AS committee,
    CAST(coalesce(sum(CASE WHEN kind <> 'party_committee' AND sector = 'specialised_market' THEN 1 ELSE 0 END), 0) AS bigint) AS market,
    CAST(coalesce(sum(CASE WHEN kind <> 'party_committee' AND sector = 'self_employed' THEN 1 ELSE 0 END), 0) AS bigint) AS self_employed,
    CAST(coalesce(sum(CASE WHEN kind <> 'party_committee' AND sector = 'micro_enterprise' THEN 1 ELSE 0 END), 0) AS bigint) AS micro_enterprise,
    CAST(coalesce(sum(CASE WHEN kind <> 'party_committee' AND sector = 'new_two' THEN 1 ELSE 0 END), 0) AS bigint) AS new_two
  FROM o
)
SELECT '' AS part, total AS numerator, CAST(NULL AS bigint) AS denominator, total AS facts FROM t
UNION ALL SELECT 'committee', committee, NULL, committee FROM t
UNION ALL SELECT 'market', market, NULL, market FROM t
UNION ALL SELECT 'self_employed', self_employed, NULL, self_employed FROM t
UNION ALL SELECT 'micro_enterprise', micro_enterprise, NULL, micro_enterprise FROM t
UNION ALL SELECT 'village_new_two', new_two, NULL, new_two FROM t

-- rows:

SELECT b.from_on AS happened_on, b.division_code, 'body' AS kind, b.kind AS label, b.body_id AS subject_id,
  CAST(NULL AS bigint) AS actor_id, 1 AS quantity, CAST(NULL AS bigint) AS fact_id
  FROM body b
  WHERE b.sector IN ('small_biz', 'specialised_market', 'self_employed', 'micro_enterprise', 'new_two')
    AND b.kind IN ('party_committee', 'party_general_branch', 'party_branch', 'party_group')
    AND b.division_code LIKE :division_prefix || '%'
    AND b.from_on <= :as_of AND (b.until_on IS NULL OR b.until_on > :as_of)
