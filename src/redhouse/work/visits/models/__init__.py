"""Nouns of this room."""

from redhouse.work.visits.models.contacts import HouseholdContact
from redhouse.work.visits.models.visits import Visit, VisitPhoto

__all__ = ["HouseholdContact", "Visit", "VisitPhoto"]
