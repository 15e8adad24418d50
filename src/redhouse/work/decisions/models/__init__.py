from redhouse.work.decisions.models.gates import Check, Explanation, Informing, Opinion
from redhouse.work.decisions.models.matter import Matter
from redhouse.work.decisions.models.money import (
    Distribution,
    DistributionLine,
    Payment,
    PaymentList,
    ShareLine,
    ShareQuestion,
    ShareRegister,
    Unpaid,
)
from redhouse.work.decisions.models.openness import MatterArchive, Objection, Posting, Publicity

__all__ = [
    "Check",
    "Distribution",
    "DistributionLine",
    "Explanation",
    "Informing",
    "Matter",
    "MatterArchive",
    "Objection",
    "Opinion",
    "Payment",
    "PaymentList",
    "Posting",
    "Publicity",
    "ShareLine",
    "ShareQuestion",
    "ShareRegister",
    "Unpaid",
]
