"""The only writers of this room."""

from redhouse.work.forms.actions.books import ask_for_book
from redhouse.work.forms.actions.cells import fill_cells, note_opening, note_taking
from redhouse.work.forms.actions.drafts import NewQuestion, approve_draft, draft_form, return_draft

__all__ = [
    "NewQuestion", "approve_draft", "ask_for_book", "draft_form", "fill_cells", "note_opening", "note_taking",
    "return_draft",
]  # fmt: skip
