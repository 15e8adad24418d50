"""Records facts in the house of REDHOUSE_HOME and leaves it to the worker to log them. Argument: how many."""

import sys
from datetime import date

from redhouse.commands._house import visited_house

with visited_house("record"):
    from redhouse.ground.ledger.actions import record

    for number in range(int(sys.argv[1])):
        record("visit_recorded", happened_on=date(2018, 5, 2), division_code="440605122201", by=None, subject=number)
