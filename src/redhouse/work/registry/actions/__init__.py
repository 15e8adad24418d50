"""The organisation office's verbs: one by one, and by the workbook."""

from redhouse.work.registry.actions.imports import (
    apply_import,
    check_import,
    confirm_import,
    fail_import,
    upload_workbook,
    withdraw_import,
)
from redhouse.work.registry.actions.one import appoint, found_party_org, register_member, relieve, transfer_member

__all__ = [
    "appoint", "apply_import", "check_import", "confirm_import", "fail_import", "found_party_org", "register_member",
    "relieve", "transfer_member", "upload_workbook", "withdraw_import",
]  # fmt: skip
