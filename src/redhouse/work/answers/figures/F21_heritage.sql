-- id: F21
-- name: 红色遗址
-- name_en: Red heritage sites
-- section: 2
-- unit: 处
-- unit_en: sites
-- kind: count
-- display: integer
-- applies: town
-- parts: venue_levels=阵地层级, volunteer_roles=志愿服务力量, contact_modes=直联模式, heritage_sites=红色遗址
-- parts_en: venue_levels=levels of venues, volunteer_roles=volunteer roles, contact_modes=modes of contact, heritage_sites=heritage sites
-- definition: 截至当日登记的红色遗址；另列阵地层级（镇村社三级）、志愿服务力量（党员、社工、义工）和直联模式（主题式、清单式）。
-- definition_en: Red heritage sites on the day; also levels of venues, roles of volunteers and modes of stationed contact.
-- clause: 原文“区梦觉故居、西樵山抗日纪念碑、羔舟小学革命旧址”“镇村社三级”“党员+社工+义工”“主题式直联”和“清单式直联”[S0]
-- clause_en: Article: three sites, three levels, three roles, two modes [S0]
-- caveat: 四个数各自独立，不相加。
-- caveat_en: Four separate counts, never added up.

WITH v AS (
  SELECT count(DISTINCT level) AS levels, CAST(coalesce(sum(CASE kind WHEN 'heritage' THEN 1 ELSE 0 END), 0) AS bigint) AS sites
  FROM venue
  WHERE division_code LIKE :division_prefix || '%' AND from_on <= :as_of AND (until_on IS NULL OR until_on > :as_of)
), f AS (
  SELECT count(DISTINCT CASE WHEN kind = 'role_adopted' THEN label END) AS roles,
    count(DISTINCT CASE WHEN kind = 'mode_adopted' THEN label END) AS modes, count(*) AS facts
  FROM fact
  WHERE kind IN ('role_adopted', 'mode_adopted') AND division_code LIKE :division_prefix || '%'
), t AS (
  SELECT v.levels, v.sites, f.roles, f.modes, f.facts + v.sites AS facts
  FROM v CROSS JOIN f
)
SELECT '' AS part, sites AS numerator, CAST(NULL AS bigint) AS denominator, facts FROM t
UNION ALL SELECT 'venue_levels', levels, NULL, levels FROM t
UNION ALL SELECT 'volunteer_roles', roles, NULL, roles FROM t
UNION ALL SELECT 'contact_modes', modes, NULL, modes FROM t
UNION ALL SELECT 'heritage_sites', sites, NULL, sites FROM t

-- rows:

SELECT from_on AS happened_on, division_code, 'venue' AS kind, kind AS label, venue_id AS subject_id,
  CAST(NULL AS bigint) AS actor_id, 1 AS quantity, CAST(NULL AS bigint) AS fact_id
FROM venue
WHERE kind = 'heritage' AND division_code LIKE :division_prefix || '%' AND from_on <= :as_of AND (until_on IS NULL OR until_on > :as_of)
UNION ALL
SELECT happened_on, division_code, kind, label, subject_id, actor_id, quantity, fact_id
FROM fact
WHERE kind IN ('role_adopted', 'mode_adopted') AND division_code LIKE :division_prefix || '%'
