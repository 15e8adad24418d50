-- id: C02
-- name: 各村（社区）户数与人口
-- name_en: Households and residents by village

SELECT substr(division_code, 1, 12) AS village, count(*) AS households,
  CAST(sum(residents) AS bigint) AS residents
FROM household
WHERE division_code LIKE :division_prefix || '%' AND from_on <= :as_of AND (until_on IS NULL OR until_on > :as_of)
GROUP BY substr(division_code, 1, 12)
