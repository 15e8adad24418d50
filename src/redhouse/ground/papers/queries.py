"""Reads of this room."""

from django.db.models import QuerySet

from redhouse.ground.papers import storage
from redhouse.ground.papers.models import Paper, PaperVersion


def latest_version(paper: Paper) -> PaperVersion | None:
    """Return the version in force, or None for a paper without a file."""
    return paper.versions.order_by("-version_no").first()


def versions_with_digest(digest: str) -> QuerySet[PaperVersion]:
    """Return every version whose bytes have this SHA-256 or SM3: whether a file in hand is one of ours."""
    wanted = digest.strip().lower()
    field = "sm3" if PaperVersion.objects.filter(sm3=wanted).exists() else "sha256"
    return PaperVersion.objects.filter(**{field: wanted}).select_related("paper").order_by("paper_id", "version_no")


def missing_or_altered() -> list[tuple[PaperVersion, storage.Fault]]:
    """Read every file on record and return the versions whose bytes are missing or altered; empty is well."""
    digests = PaperVersion.objects.order_by("sha256").values_list("sha256", flat=True).distinct()
    faults = dict(storage.missing_or_altered(digests.iterator()))
    versions = PaperVersion.objects.filter(sha256__in=faults).select_related("paper").order_by("paper_id", "version_no")
    return [(version, faults[version.sha256]) for version in versions]
