"""A sheet for the board as a file."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from redhouse.ground.papers import storage
from redhouse.ground.papers.enums import MediaType
from redhouse.ground.papers.official.pdf import to_pdf
from redhouse.ground.papers.queries import latest_version
from redhouse.web.telling import site
from redhouse.work.decisions.models import Publicity
from redhouse.work.decisions.queries.disclosure import clock_of
from redhouse.work.decisions.queries.posters import official


def printed(request: HttpRequest, publicity: Publicity, sheet: str, kind: str) -> HttpResponseBase:
    """a4.pdf is the kept paper, byte for byte; a3.pdf and a4.docx say the same."""
    name = publicity.paper.title[:80]
    if (sheet, kind) == ("a4", "pdf"):
        version = latest_version(publicity.paper)
        if version is None:
            raise Http404
        try:
            file = storage.open_file(version.sha256)
        except storage.FileMissing as error:
            raise Http404 from error
        return FileResponse(file, filename=f"{name}.pdf", content_type=str(MediaType.PDF))
    document = official(publicity, clock_of(publicity.run_step, publicity.from_on), address(request, publicity))
    if (sheet, kind) == ("a3", "pdf"):
        return _file(to_pdf(document, "A3"), f"{name}（A3）.pdf", MediaType.PDF)
    if (sheet, kind) == ("a4", "docx"):
        from redhouse.ground.papers.official.word import to_docx  # a tenth of a second to load, for Word only

        return _file(to_docx(document), f"{name}.docx", MediaType.DOCX)
    raise Http404


def address(request: HttpRequest, publicity: Publicity) -> str:
    return f"{site(request)}/open/posters/{publicity.code}/"


def _file(content: bytes, name: str, media_type: MediaType) -> HttpResponse:
    answer = HttpResponse(content, content_type=str(media_type))
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    return answer
