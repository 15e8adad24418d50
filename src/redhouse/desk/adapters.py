"""How allauth behaves in this house."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class HouseAccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by the town's organisation office for a known person; strangers cannot make one."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
