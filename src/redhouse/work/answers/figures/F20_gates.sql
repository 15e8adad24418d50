-- id: F20
-- name: 前置环节
-- name_en: Gates before the vote
-- section: 4
-- unit: 个
-- unit_en: gates
-- kind: count
-- display: integer
-- applies: town
-- parts: principles=基本原则, gates=前置环节, first=先知先议先做, review=领导把关
-- parts_en: principles=principles, gates=gates, first=the three “firsts”, review=review
-- definition: 截至当日设立的前置环节：先知、先议、先做、领导把关；另列基本原则数。前置环节不代替法定表决。
-- definition_en: Gates adopted by the day: inform, deliberate, lead first, and review; principles apart. A gate never replaces the vote.
-- clause: 原文第四部分“三个基本原则，突出党组织先知、先议、先做和领导把关作用”[S0]
-- clause_en: Article, part four: “three principles; inform, deliberate, lead first, and review” [S0]
-- caveat: 3＋1＝4。
-- caveat_en: 3 + 1 = 4.

WITH g AS (
  SELECT count(DISTINCT CASE WHEN kind = 'gate_adopted' THEN label END) AS gates,
    count(DISTINCT CASE WHEN kind = 'gate_adopted' AND label <> 'leader_review' THEN label END) AS firsts,
    count(DISTINCT CASE WHEN kind = 'principle_adopted' THEN label END) AS principles, count(*) AS facts
  FROM fact
  WHERE kind IN ('gate_adopted', 'principle_adopted') AND division_code LIKE :division_prefix || '%'
)
SELECT '' AS part, gates AS numerator, CAST(NULL AS bigint) AS denominator, facts FROM g
UNION ALL SELECT 'principles', principles, NULL, facts FROM g
UNION ALL SELECT 'gates', gates, NULL, facts FROM g
UNION ALL SELECT 'first', firsts, NULL, facts FROM g
UNION ALL SELECT 'review', gates - firsts, NULL, facts FROM g

-- rows:

SELECT happened_on, division_code, kind, label, subject_id, actor_id, quantity, fact_id
FROM fact
WHERE kind IN ('gate_adopted', 'principle_adopted') AND division_code LIKE :division_prefix || '%'
