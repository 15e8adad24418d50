"""Reads for the front door."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from redhouse.desk.loopback import is_loopback
from redhouse.ground.access.models import Account


def demo_accounts(request: HttpRequest) -> list[Account]:
    """Accounts that may be entered with one tap: in the demo only, from this machine only; else none."""
    if not settings.REDHOUSE_DEMO or not is_loopback(request):
        return []
    return list(Account.objects.filter(is_demo=True, is_active=True).exclude(demo_note="").order_by("pk"))
