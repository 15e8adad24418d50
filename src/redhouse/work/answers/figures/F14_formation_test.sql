-- id: F14
-- name: 支部组建检验
-- name_en: Formation test of the branches
-- section: 3
-- unit: 倍
-- unit_en: times
-- kind: ratio
-- display: fraction
-- applies: any
-- numerator: 名　党员（含流动）
-- numerator_en: members, floating included
-- denominator: 名　所需（支部数×3）
-- denominator_en: members needed (3 a branch)
-- parts: branches=支部, needed=所需党员, registered=在册党员, with_floating=含流动党员, holds_registered=只计在册是否够, holds_with_floating=计入流动是否够
-- parts_en: branches=branches, needed=members needed, registered=registered, with_floating=with floating, holds_registered=enough by registered only, holds_with_floating=enough with floating
-- definition: “小个专”各支部按每个至少3名党员计所需人数，与现有党员相比。1表示够，0表示不够。此项只提示，不拦阻；“两新”组织计入流动党员。
-- definition_en: Members on hand over three for each small-business branch. 1 is enough, 0 is not. It warns and never blocks; floating members count for the “two-new”.
-- clause: 支部工作条例：正式党员3人以上成立党支部[S7]；人数据原文第三部分[S0]
-- clause_en: Branch regulation: three full members form a branch [S7]; counts from the article, part three [S0]
-- caveat: 原文未分正式与预备党员，此处全部计入；35×3＝105，126≥105而8＜105。
-- caveat_en: The article does not tell full from probationary members; all are counted. 35 × 3 = 105; 126 ≥ 105, yet 8 < 105.

WITH m AS (
  SELECT count(*) AS members, CAST(coalesce(sum(CASE m.tie WHEN 'registered' THEN 1 ELSE 0 END), 0) AS bigint) AS registered
  FROM membership m
  JOIN body b ON b.body_id = m.body_id
  WHERE b.sector IN ('small_biz', 'specialised_market', 'self_employed', 'micro_enterprise', 'new_two')
    AND b.kind IN ('party_committee', 'party_general_branch', 'party_branch', 'party_group')
    AND b.division_code LIKE :division_prefix || '%'
    AND b.from_on <= :as_of AND (b.until_on IS NULL OR b.until_on > :as_of)
    AND m.from_on <= :as_of AND (m.until_on IS NULL OR m.until_on > :as_of)
), n AS (
  SELECT count(*) AS branches, 3 * count(*) AS needed
  FROM body b
  WHERE b.sector IN ('small_biz', 'specialised_market', 'self_employed', 'micro_enterprise', 'new_two')
    AND b.kind IN ('party_committee', 'party_general_branch', 'party_branch', 'party_group')
    AND b.division_code LIKE :division_prefix || '%'
    AND b.from_on <= :as_of AND (b.until_on IS NULL OR b.until_on > :as_of)
    AND b.kind = 'party_branch'
), t AS (
  SELECT m.members, m.registered, n.branches, n.needed
  FROM m CROSS JOIN n
)
SELECT '' AS part, members AS numerator, needed AS denominator, members AS facts FROM t
UNION ALL SELECT 'branches', branches, NULL, branches FROM t
UNION ALL SELECT 'needed', needed, NULL, branches FROM t
UNION ALL SELECT 'registered', registered, NULL, registered FROM t
UNION ALL SELECT 'with_floating', members, NULL, members FROM t
UNION ALL SELECT 'holds_registered', CASE WHEN registered >= needed THEN 1 ELSE 0 END, NULL, registered FROM t
UNION ALL SELECT 'holds_with_floating', CASE WHEN members >= needed THEN 1 ELSE 0 END, NULL, members FROM t

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
