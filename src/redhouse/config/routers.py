from typing import Any


class OwnerMigrates:
    """Only the owner's connection changes the schema; the application and the figures only use it."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"
