from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.facts import declare
from redhouse.ground.papers.enums import PaperKind

PAPER_ADDED = declare(
    "paper_added",
    _("{actor}存入{subject}（{label}）"),
    subject="paper",
    object="body",
    labels=[str(k) for k in PaperKind],
)
# The label is the file's SHA-256, so that the public log vouches for the very bytes.
PAPER_VERSION_ADDED = declare(
    "paper_version_added", _("{actor}为{subject}存入一版，摘要{label}"), subject="paper", object="paper_version"
)
