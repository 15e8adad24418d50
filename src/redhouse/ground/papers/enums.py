from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperKind(models.TextChoices):
    """What a paper is. Official kinds: 党政机关公文处理工作条例 (2012) a.8; the others by the step that makes them."""

    RESOLUTION = "resolution", _("决议")  # a.8 (1)
    DECISION = "decision", _("决定")  # a.8 (2)
    OPINION = "opinion", _("意见")  # a.8 (7)
    NOTICE = "notice", _("通知")  # a.8 (8)
    REPORT = "report", _("报告")  # a.8 (10)
    REQUEST = "request", _("请示")  # a.8 (11)
    REPLY = "reply", _("批复")  # a.8 (12)
    LETTER = "letter", _("函")  # a.8 (14)
    MINUTES = "minutes", _("纪要")  # a.8 (15)
    PUBLICITY = "publicity", _("公示")  # village committees law: affairs disclosure
    PLAN = "plan", _("方案")  # draft stage of a matter
    BALLOT = "ballot", _("表决票")  # vote
    SIGN_IN = "sign_in", _("签到表")  # quorum
    CONTRACT = "contract", _("合同")  # execution
    REGISTER = "register", _("份额登记册")  # frozen before money is shared out; holders under codes
    DISTRIBUTION = "distribution", _("分配表")  # who gets how much, holders under codes
    CHARTER = "charter", _("章程")  # rural collective organisations law a.20
    EVIDENCE = "evidence", _("佐证材料")  # photographs and scans
    ARCHIVE = "archive", _("档案")  # what a matter did, sealed
    ANSWER_SHEET = "answer_sheet", _("答卷")  # an approved answer sheet


class MediaType(models.TextChoices):
    """What may be stored: nothing that a browser would run."""

    PDF = "application/pdf", "PDF"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"
    PARQUET = "application/vnd.apache.parquet", "Parquet"
    JSON = "application/json", "JSON"
    CSV = "text/csv", "CSV"
    ZIP = "application/zip", "ZIP"
    TEXT = "text/plain", _("纯文本")
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    WEBP = "image/webp", "WebP"


MAX_BYTES = 100 * 1024 * 1024

MEDIA_TYPE_BY_SUFFIX = {
    "pdf": MediaType.PDF,
    "docx": MediaType.DOCX,
    "xlsx": MediaType.XLSX,
    "csv": MediaType.CSV,
    "txt": MediaType.TEXT,
    "jpg": MediaType.JPEG,
    "jpeg": MediaType.JPEG,
    "png": MediaType.PNG,
    "webp": MediaType.WEBP,
}


class Making(models.TextChoices):
    """How far a file is that is written in the background."""

    WAITING = "waiting", _("等待写出")
    WRITING = "writing", _("正在写出")
    READY = "ready", _("已写好")
    FAILED = "failed", _("没有写成")


UNDER_WAY = (Making.WAITING, Making.WRITING)
