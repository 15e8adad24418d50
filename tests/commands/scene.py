"""Puts a few facts, a signed log and a paper into the house of REDHOUSE_HOME. Argument: how many facts."""

import sys
from datetime import date

from redhouse.commands._house import visited_house

with visited_house("scene"):
    from redhouse.ground.ledger.actions import record_many
    from redhouse.ground.ledger.jobs import sequence_all
    from redhouse.ground.papers.storage import put

    record_many(
        ("visit_recorded", "440605122201", date(2018, 5, 1), None, None, number, None, 1, "")
        for number in range(int(sys.argv[1]))
    )
    sequence_all()
    put("关于西樵镇入户走访的通报".encode())
