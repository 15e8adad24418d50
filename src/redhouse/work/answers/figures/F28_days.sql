-- id: F28
-- name: 每步用时
-- name_en: Days per step
-- section: 5
-- unit: 天／步
-- unit_en: days per step
-- kind: ratio
-- display: fraction
-- applies: any
-- numerator: 天　办结各步共用
-- numerator_en: days that closed steps took
-- denominator: 步　已办结
-- denominator_en: steps closed
-- parts: gates=前置与监督用天, gate_steps=前置与监督步数, open=公示、通知与异议用天, open_steps=公示、通知与异议步数, vote=等候表决用天, vote_steps=表决步数, other=其余用天, other_steps=其余步数
-- parts_en: gates=days at gates and supervision, gate_steps=steps at gates and supervision, open=days on the board and at objections, open_steps=steps on the board and at objections, vote=days until votes, vote_steps=votes, other=other days, other_steps=other steps
-- definition: 截至当日办结的各步，从开始到办结共用了多少天，与步数之比。法定公示期、通知期算在内。
-- definition_en: Days from the opening to the closing of every step closed by the day, over the number of steps. Statutory periods of publicity and notice are part of it.
-- clause: 办理时限由事项所依的程序版本规定[I]
-- clause_en: Limits are those of the procedure that binds the matter [I]
-- caveat: 当天开始当天办结的为0天；这是平均数，不作考核排名。
-- caveat_en: A step closed on the day it opened took 0 days. This is a mean, and no ranking.

WITH c AS (
  SELECT quantity AS days, CASE
      WHEN label LIKE '%.informed' OR label LIKE '%.agreed' OR label LIKE '%.led' OR label LIKE '%.review.%'
        OR label LIKE '%.checked' OR label LIKE '%.returned' THEN 'gates'
      WHEN label LIKE '%.posted' OR label LIKE '%.notified' OR label LIKE '%.settled' OR label LIKE '%.upheld' THEN 'open'
      WHEN label LIKE '%.vote%' THEN 'vote'
      ELSE 'other'
    END AS part
  FROM fact
  WHERE kind = 'step_closed' AND label LIKE 'P%' AND division_code LIKE :division_prefix || '%'
), g AS (
  SELECT part, CAST(sum(days) AS bigint) AS days, count(*) AS steps
  FROM c
  GROUP BY part
)
SELECT '' AS part, CAST(coalesce(sum(days), 0) AS bigint) AS numerator, CAST(coalesce(sum(steps), 0) AS bigint) AS denominator,
  CAST(coalesce(sum(steps), 0) AS bigint) AS facts
FROM g
UNION ALL SELECT part, days, NULL, steps FROM g
UNION ALL SELECT CASE part WHEN 'gates' THEN 'gate_steps' WHEN 'open' THEN 'open_steps' WHEN 'vote' THEN 'vote_steps'
  ELSE 'other_steps' END, steps, NULL, steps FROM g

-- rows:

SELECT happened_on, division_code, kind, label, subject_id, actor_id, quantity, fact_id
FROM fact
WHERE kind = 'step_closed' AND label LIKE 'P%' AND division_code LIKE :division_prefix || '%'
