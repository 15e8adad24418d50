"""Reads of contacts and visits."""

from redhouse.work.visits.queries.contacts import (
    caseload_of,
    keeps_contact,
    standing_visits,
    visit_numbered,
    visit_with_key,
)

__all__ = ["caseload_of", "keeps_contact", "standing_visits", "visit_numbered", "visit_with_key"]
