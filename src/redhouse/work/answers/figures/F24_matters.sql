-- id: F24
-- name: 重要事权事项
-- name_en: Matters of the ten powers
-- section: 5
-- unit: 件
-- unit_en: matters
-- kind: count
-- display: integer
-- applies: any
-- parts: P01=人选与补贴, P02=预决算与大额资金, P03=重大项目, P04=采购招投标, P05=资产出租处置, P06=土地发包与入市, P07=股份分红, P08=补偿款分配, P09=宅基地, P10=章程与成员
-- parts_en: P01=personnel and pay, P02=budgets and funds, P03=major projects, P04=procurement, P05=asset deals, P06=land, P07=dividends, P08=compensation, P09=homesteads, P10=charter and members
-- definition: 截至当日提出过的重要事权事项，不论办结与否，按事权分列。
-- definition_en: Matters opened by the day, ended or not, by power.
-- clause: 原文第四部分“重要事权清单管理”；逐件计数为本系统所加[I]
-- clause_en: Article, part four: the list of important powers; counting matter by matter is our own [I]
-- caveat: 退回重报的仍是同一件；撤回后另提的另计一件。
-- caveat_en: A matter that was returned and comes again is one; one that was withdrawn and proposed anew is another.

WITH o AS (
  SELECT substr(label, 1, 3) AS power, count(*) AS matters
  FROM fact
  WHERE kind = 'run_opened' AND division_code LIKE :division_prefix || '%'
  GROUP BY substr(label, 1, 3)
)
SELECT '' AS part, CAST(coalesce(sum(matters), 0) AS bigint) AS numerator, CAST(NULL AS bigint) AS denominator,
  CAST(coalesce(sum(matters), 0) AS bigint) AS facts
FROM o
UNION ALL SELECT power, matters, NULL, matters FROM o

-- rows:

SELECT happened_on, division_code, kind, label, subject_id, actor_id, quantity, fact_id
FROM fact
WHERE kind = 'run_opened' AND division_code LIKE :division_prefix || '%'
