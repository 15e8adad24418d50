"""Files of a matter."""

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from redhouse.ground.papers.models import PaperVersion
from redhouse.web.access import needs
from redhouse.web.files import stored
from redhouse.work.decisions import queries


@needs(None, queries.version_for)
@require_safe
def download(request: HttpRequest, version: PaperVersion) -> FileResponse:
    """One version of a filed paper, checked against its digest on the way out."""
    return stored(version, as_attachment=True)
