"""Reads of forms; the only doors by which a view gets an object."""

from redhouse.work.forms.queries.burden import overview, weigh
from redhouse.work.forms.queries.drafts import draft_for, drafts_for, form_of
from redhouse.work.forms.queries.filling import Filled, fill, looks_at
from redhouse.work.forms.queries.ledgers import Asked, asked_at, forms_in_force, ledger_for, places_for

__all__ = [
    "Asked", "Filled", "asked_at", "draft_for", "drafts_for", "fill", "form_of", "forms_in_force", "ledger_for",
    "looks_at", "overview", "places_for", "weigh",
]  # fmt: skip
