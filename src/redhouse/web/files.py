"""Files that come with a form, and stored ones that go out."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import IO, Any

from django import forms
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redhouse.ground.papers import storage
from redhouse.ground.papers.enums import MediaType
from redhouse.ground.papers.models import PaperVersion
from redhouse.kit.photos import LARGEST


def stored(version: PaperVersion | None, *, as_attachment: bool = False) -> FileResponse:
    """One version of a paper, checked against its digest on the way out. Raises Http404 where there is none."""
    if version is None:
        raise Http404
    try:
        file = storage.open_file(version.sha256)
    except storage.FileMissing as error:
        raise Http404 from error
    return FileResponse(file, as_attachment=as_attachment, filename=version.file_name, content_type=version.media_type)


def as_workbook(write: Callable[[IO[bytes]], object], name: str) -> FileResponse:
    """What `write` makes, written to disk first, then streamed: memory does not grow with the rows."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it when it has been sent
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=str(MediaType.XLSX))


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class Photos(forms.FileField):
    """Several photographs; gives their bytes, of one that is too large only as many as tell that. Whether they are
    photographs, the action says."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        kwargs.setdefault("label", gettext_lazy("照片"))
        kwargs.setdefault("required", False)
        # named, so that a phone gives what it keeps in a format of its own as one of these
        super().__init__(widget=SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp"}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"])
        if len(files) > self.most:
            raise forms.ValidationError(_("一次最多存%(most)s张照片") % {"most": self.most})
        return [super(Photos, self).clean(file).read(LARGEST + 1) for file in files]
