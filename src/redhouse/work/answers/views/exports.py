"""The sheet to take along: Word, PDF, Excel."""

from collections.abc import Callable
from io import BytesIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from redhouse.ground.papers.enums import MediaType
from redhouse.ground.papers.official.pdf import to_pdf
from redhouse.kit.errors import HouseError
from redhouse.web.access import needs
from redhouse.work.answers import queries
from redhouse.work.answers.queries import Asked
from redhouse.work.answers.rules import may_see_answers
from redhouse.work.answers.views.asking import Question, cannot_answer, question
from redhouse.work.answers.views.book import write_sheet
from redhouse.work.answers.views.document import official


def as_word(asked: Question) -> bytes:
    from redhouse.ground.papers.official.word import to_docx  # a tenth of a second to load, for Word only

    return to_docx(official(asked))


def as_pdf(asked: Question) -> bytes:
    """Raises MissingCharacters where the shipped font lacks one."""
    return to_pdf(official(asked))


def as_workbook(asked: Question) -> bytes:
    file = BytesIO()
    write_sheet(file, asked)
    return file.getvalue()


FORMS: dict[str, tuple[Callable[[Question], bytes], MediaType]] = {
    "docx": (as_word, MediaType.DOCX),
    "pdf": (as_pdf, MediaType.PDF),
    "xlsx": (as_workbook, MediaType.XLSX),
}


@needs(may_see_answers, queries.sheet_for)
@require_safe
def download(request: HttpRequest, asked: Asked) -> HttpResponse | FileResponse:
    """The sheet at the cuts of the address, in the form it asks for."""
    form, code = request.GET.get("form", ""), str(asked.code)
    if form not in FORMS:
        raise Http404
    make, media_type = FORMS[form]
    try:
        wanted = question(request, code)
        content = make(wanted)
    except HouseError as error:
        return cannot_answer(request, error, code)
    name = _("%(place)s答卷%(day)s") % {"place": wanted.division.name, "day": wanted.as_of}
    return FileResponse(BytesIO(content), as_attachment=True, filename=f"{name}.{form}", content_type=str(media_type))
