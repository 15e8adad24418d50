from django import forms
from django.utils.translation import gettext_lazy as _

from redhouse.work.registry.enums import ImportKind


class UploadForm(forms.Form):
    """Which of the five, and the file. What is in the file is judged by the dry run, row by row."""

    kind = forms.ChoiceField(label=_("这张表是"), choices=ImportKind.choices)
    file = forms.FileField(
        label=_("Excel文件（.xlsx）"),
        error_messages={"required": _("请先选好文件"), "empty": _("文件是空的；请选好文件再上传")},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
