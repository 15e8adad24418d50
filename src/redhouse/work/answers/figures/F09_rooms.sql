-- id: F09
-- name: 镇级党校场室
-- name_en: Rooms of the town party school
-- section: 2
-- unit: 间
-- unit_en: rooms
-- kind: count
-- display: integer
-- applies: any
-- parts: teaching_seats=教学席位, seats_with_hall=连同教育馆的席位, volumes=藏书
-- parts_en: teaching_seats=teaching seats, seats_with_hall=seats with the history hall, volumes=volumes
-- definition: 镇级党校截至当日的场室数；分项为各场室席位。教学席位只计多媒体教室与阶梯室，连同党史教育馆另计；书吧计藏书，不计席位。
-- definition_en: Rooms of the town party school on the day; parts are seats by room. Teaching seats are those of classrooms and the lecture hall; the book bar counts volumes.
-- clause: 原文第二部分“容纳80人的主题式多媒体教室……藏书量达3000册的开放式书吧”[S0]
-- clause_en: Article, part two: rooms of 80, 100, 50 and 50 seats, a hall for 80, a book bar of 3,000 volumes [S0]
-- caveat: 80＋100＋2×50＝280，加党史教育馆80为360，均由各室席位相加。
-- caveat_en: 80 + 100 + 2 × 50 = 280, and 360 with the history hall; both are sums of rooms.

WITH r AS (
  SELECT s.name, s.kind, s.seats, s.volumes
  FROM space s
  JOIN venue v ON v.venue_id = s.venue_id
  WHERE v.kind = 'party_school' AND v.level = 'town' AND v.division_code LIKE :division_prefix || '%'
    AND v.from_on <= :as_of AND (v.until_on IS NULL OR v.until_on > :as_of)
    AND s.from_on <= :as_of AND (s.until_on IS NULL OR s.until_on > :as_of)
)
SELECT '' AS part, nullif(count(*), 0) AS numerator, CAST(NULL AS bigint) AS denominator, count(*) AS facts FROM r
UNION ALL SELECT name, CAST(sum(seats) AS bigint), NULL, count(*) FROM r WHERE seats > 0 GROUP BY name
UNION ALL SELECT 'teaching_seats', CAST(sum(CASE WHEN kind IN ('classroom', 'lecture_hall') THEN seats END) AS bigint), NULL, count(*) FROM r
UNION ALL SELECT 'seats_with_hall', CAST(sum(CASE WHEN kind IN ('classroom', 'lecture_hall', 'exhibition') THEN seats END) AS bigint), NULL, count(*) FROM r
UNION ALL SELECT 'volumes', CAST(sum(volumes) AS bigint), NULL, count(*) FROM r

-- rows:

SELECT s.from_on AS happened_on, v.division_code, 'space' AS kind, s.kind AS label, s.space_id AS subject_id,
  CAST(NULL AS bigint) AS actor_id, CASE s.kind WHEN 'book_bar' THEN s.volumes ELSE s.seats END AS quantity,
  CAST(NULL AS bigint) AS fact_id
FROM space s
JOIN venue v ON v.venue_id = s.venue_id
WHERE v.kind = 'party_school' AND v.level = 'town' AND v.division_code LIKE :division_prefix || '%'
  AND v.from_on <= :as_of AND (v.until_on IS NULL OR v.until_on > :as_of)
  AND s.from_on <= :as_of AND (s.until_on IS NULL OR s.until_on > :as_of)
