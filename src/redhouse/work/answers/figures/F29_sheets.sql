-- id: F29
-- name: 公示在栏
-- name_en: Sheets on the board
-- section: 5
-- unit: 张
-- unit_en: sheets
-- kind: count
-- display: integer
-- applies: any
-- parts: pre_vote=表决前公示, decision=决议公示, result=结果公示, affairs=村（居）务公开
-- parts_en: pre_vote=before the vote, decision=decisions, result=results, affairs=village affairs
-- definition: 截至当日已张贴、还没有期满照片的公示稿，按类别分列。期满而没有照片的，仍在这里，直到补上。
-- definition_en: Sheets posted by the day with no photograph yet of the end of their period, by kind. One whose period is over stays here until it has its photograph.
-- clause: 村（居）委会组织法的公开条款；张贴、期满各存一张照片为本系统所加[I]
-- clause_en: The disclosure clauses of the committees' laws; one photograph at either end is our own [I]
-- caveat: 更正稿张贴后代替原稿，同一事项同一类别只算最近一张。
-- caveat_en: An amended sheet takes the place of the old one: of one matter and kind the newest counts.

WITH p AS (
  SELECT subject_id, object_id, label, division_code, max(fact_id) AS fact_id, max(happened_on) AS happened_on,
    max(actor_id) AS actor_id, sum(CASE kind WHEN 'publicity_ended' THEN 1 ELSE 0 END) AS ended
  FROM fact
  WHERE kind IN ('publicity_posted', 'publicity_ended') AND division_code LIKE :division_prefix || '%'
  GROUP BY subject_id, object_id, label, division_code
), s AS (
  SELECT p.subject_id, p.label, p.division_code, p.fact_id, p.happened_on, p.actor_id, p.ended,
    row_number() OVER (PARTITION BY p.subject_id, p.label ORDER BY p.object_id DESC) AS place
  FROM p
), g AS (
  SELECT label, count(*) AS sheets
  FROM s
  WHERE place = 1 AND ended = 0
  GROUP BY label
)
SELECT '' AS part, CAST(coalesce(sum(sheets), 0) AS bigint) AS numerator, CAST(NULL AS bigint) AS denominator,
  CAST(coalesce(sum(sheets), 0) AS bigint) AS facts
FROM g
UNION ALL SELECT label, sheets, NULL, sheets FROM g

-- rows:

SELECT s.happened_on, s.division_code, 'publicity_posted' AS kind, s.label, s.subject_id, s.actor_id, 1 AS quantity, s.fact_id
FROM (
  SELECT p.subject_id, p.label, p.division_code, p.fact_id, p.happened_on, p.actor_id, p.ended,
    row_number() OVER (PARTITION BY p.subject_id, p.label ORDER BY p.object_id DESC) AS place
  FROM (
    SELECT subject_id, object_id, label, division_code, max(fact_id) AS fact_id, max(happened_on) AS happened_on,
      max(actor_id) AS actor_id, sum(CASE kind WHEN 'publicity_ended' THEN 1 ELSE 0 END) AS ended
    FROM fact
    WHERE kind IN ('publicity_posted', 'publicity_ended') AND division_code LIKE :division_prefix || '%'
    GROUP BY subject_id, object_id, label, division_code
  ) p
) s
WHERE s.place = 1 AND s.ended = 0
