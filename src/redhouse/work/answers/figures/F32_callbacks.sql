-- id: F32
-- name: 回访核实
-- name_en: Visits confirmed by call-back
-- section: 1
-- unit: %
-- unit_en: %
-- kind: ratio
-- display: percent
-- interval: exact
-- applies: any
-- numerator: 户　说来过
-- numerator_en: households that say somebody came
-- denominator: 户　记得来过或没来过
-- denominator_en: households that remember, either way
-- parts: call_yes=来过, call_no=没来过, call_unsure=记不清, call_unreached=联系不上
-- parts_en: call_yes=came, call_no=did not come, call_unsure=do not remember, call_unreached=not reached
-- definition: 本年1月1日起至当日，随机抽取走访、由他人回访的结果中，说来过的户数与记得来过或没来过的户数之比；区间按克洛珀-皮尔逊法，95%把握含有真值。
-- definition_en: Of the random call-backs by another person from 1 January of the year to the day, households that say somebody came over those that remember either way; the interval of Clopper and Pearson holds the true share with 95 % confidence.
-- clause: 原文未述；用随机回访代替拍照打卡为本系统所加[I]
-- clause_en: Not in the article; random call-backs in place of photographs as proof are our own [I]
-- caveat: 是抽样，不是全数；各村抽取的比例不同时，合计只作参考。
-- caveat_en: A sample, not a full count; where villages were sampled at different rates, the total is a guide only.

WITH c AS (
  SELECT label, count(*) AS households
  FROM fact
  WHERE kind = 'callback_answered' AND division_code LIKE :division_prefix || '%' AND happened_on >= :from_on
  GROUP BY label
)
SELECT '' AS part, CAST(coalesce(sum(CASE label WHEN 'yes' THEN households ELSE 0 END), 0) AS bigint) AS numerator,
  CAST(coalesce(sum(CASE WHEN label IN ('yes', 'no') THEN households ELSE 0 END), 0) AS bigint) AS denominator,
  CAST(coalesce(sum(households), 0) AS bigint) AS facts
FROM c
UNION ALL SELECT CASE label WHEN 'yes' THEN 'call_yes' WHEN 'no' THEN 'call_no' WHEN 'unsure' THEN 'call_unsure'
  ELSE 'call_unreached' END, households, NULL, households FROM c

-- rows:

SELECT happened_on, division_code, kind, CASE label WHEN 'yes' THEN 'call_yes' WHEN 'no' THEN 'call_no' WHEN 'unsure' THEN 'call_unsure'
  ELSE 'call_unreached' END AS label, subject_id, actor_id, quantity, fact_id
FROM fact
WHERE kind = 'callback_answered' AND division_code LIKE :division_prefix || '%' AND happened_on >= :from_on
