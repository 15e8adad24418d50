-- id: C01
-- name: 各村（社区）逐月入户
-- name_en: Household visits by village and month

SELECT substr(division_code, 1, 12) AS village, CAST(EXTRACT(MONTH FROM happened_on) AS integer) AS month,
  CAST(sum(quantity) AS bigint) AS visits
FROM fact
WHERE kind = 'visit_recorded' AND division_code LIKE :division_prefix || '%' AND happened_on >= :from_on
GROUP BY substr(division_code, 1, 12), CAST(EXTRACT(MONTH FROM happened_on) AS integer)
