from redhouse.work.decisions.models.gates import Check, Explanation, Informing, Opinion
from redhouse.work.decisions.models.matter import Matter
from redhouse.work.decisions.models.openness import MatterArchive, Objection, Posting, Publicity

__all__ = [
    "Check",
    "Explanation",
    "Informing",
    "Matter",
    "MatterArchive",
    "Objection",
    "Opinion",
    "Posting",
    "Publicity",
]
