"""Files of a matter."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from redhouse.ground.papers import storage
from redhouse.ground.papers.models import PaperVersion
from redhouse.web.access import needs
from redhouse.work.decisions import queries


@needs(None, queries.version_for)
@require_safe
def download(request: HttpRequest, version: PaperVersion) -> FileResponse:
    """One version of a filed paper, checked against its digest on the way out."""
    try:
        file = storage.open_file(version.sha256)
    except storage.FileMissing as error:
        raise Http404 from error
    return FileResponse(file, as_attachment=True, filename=version.file_name, content_type=version.media_type)
