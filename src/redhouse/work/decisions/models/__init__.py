from redhouse.work.decisions.models.gates import Check, Explanation, Informing, Opinion
from redhouse.work.decisions.models.matter import Matter

__all__ = ["Check", "Explanation", "Informing", "Matter", "Opinion"]
