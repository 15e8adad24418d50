"""Puts the cast with its one contact into the house of REDHOUSE_HOME; tells the household and a session of `member`."""

import sys

from redhouse.commands._house import visited_house

with visited_house("caseload"):
    from django.conf import settings
    from django.test import Client

    from redhouse.ground.access.models import Account
    from redhouse.ground.access.reach import set_reach
    from tests.cast import build_cast
    from tests.work.visits.factories import contact, household

    build_cast()
    set_reach("*")
    contact()
    client = Client()
    client.force_login(Account.objects.get(username="member"))
    sys.stdout.write(f"{household().pk} {client.cookies[settings.SESSION_COOKIE_NAME].value}")
