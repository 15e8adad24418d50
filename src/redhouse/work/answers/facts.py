from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.facts import declare

SHEET_SUBMITTED = declare("sheet_submitted", _("{actor}把答卷送批"), subject="sheet")
# The label is the SHA-256 of what was frozen, so that the public log vouches for every figure of it.
SHEET_APPROVED = declare("sheet_approved", _("{actor}批准答卷并冻结，摘要{label}"), subject="sheet")
SHEET_RETURNED = declare("sheet_returned", _("{actor}退回答卷"), subject="sheet")
# The label is the SHA-256 of the stored file: the rows from which the approved figures count again.
SHEET_EXTRACT_STORED = declare(
    "sheet_extract_stored", _("{actor}批准的答卷的数据已存档，摘要{label}"), subject="sheet", object="paper_version"
)
