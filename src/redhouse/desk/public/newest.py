"""What was put on record last, in sentences that name a village and never a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from redhouse.desk.public.moment import Moment
from redhouse.work.answers.definitions import parameters, with_prelude
from redhouse.work.answers.queries.runs import bound, reading

# Kinds that may be said in public, each with its sentence over a number; every other kind stays unsaid.
SENTENCES = {
    "visit_recorded": _("入户%(n)s人次"),
    "contact_assigned": _("%(n)s户有了联系党员"),
    "household_registered": _("登记住户%(n)s户"),
    "body_founded": _("登记组织%(n)s个"),
    "venue_registered": _("登记阵地%(n)s处"),
    "venue_state_changed": _("阵地状态更新%(n)s处"),
    "space_registered": _("登记场室%(n)s间"),
    "occasion_planned": _("安排活动%(n)s次"),
    "power_adopted": _("列入重要事权%(n)s项"),
    "pilot_started": _("承接试点%(n)s个"),
}

DAYS = 30  # how far back a screen looks
KINDS = ", ".join(f"'{kind}'" for kind in SENTENCES)
RECENT = f"""
SELECT fact_id, kind, substr(division_code, 1, 12) AS code, happened_on
FROM fact WHERE kind IN ({KINDS}) AND division_code LIKE :division_prefix || '%' AND happened_on >= :from_on
"""
GROUPED = """
SELECT a.kind, d.name, a.happened_on, count(*) AS n
FROM answer a JOIN division d ON d.code = a.code
  AND d.from_on <= :as_of AND (d.until_on IS NULL OR d.until_on > :as_of)
GROUP BY a.kind, d.name, a.happened_on ORDER BY a.happened_on DESC, max(a.fact_id) DESC
"""


@dataclass(frozen=True)
class News:
    """So much of one kind, on one day, in one place."""

    on: date
    place: str
    sentence: str


def newest(moment: Moment, limit: int) -> list[News]:
    """Facts of the kinds above in the last days, as corrected, summed by kind, day and village; newest day first."""
    given = parameters(moment.code, moment.as_of, moment.cut) | {"from_on": moment.as_of - timedelta(days=DAYS)}
    with reading() as cursor:
        cursor.execute(bound(f"{with_prelude(RECENT, GROUPED)} LIMIT {limit}"), given)
        rows = cursor.fetchall()
    return [News(on, place, str(SENTENCES[kind]) % {"n": f"{n:,}"}) for kind, place, on, n in rows]
