"""Forms of the desk."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from redhouse.desk.queries.people import masked_fields
from redhouse.ground.access.enums import DataPart, LookField, LookReason
from redhouse.ground.clients.enums import Scope
from redhouse.ground.people.models import Person


class LookForm(forms.Form):
    """Which masked field, and why; only fields that are registered are offered."""

    field = forms.ChoiceField(label=_("看哪一项"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("事由"),
        choices=[("", _("请选择事由")), *LookReason.choices],
        error_messages={"required": _("请选择事由：看全姓名或号码要有事由，并会记下来。")},
    )

    def __init__(self, *args: object, person: Person, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [(str(field), field.label) for field, _mask in masked_fields(person)]
        self.fields["field"].choices = choices  # type: ignore[attr-defined]
        self.fields["field"].initial = choices[0][0] if choices else None

    @property
    def wanted(self) -> tuple[LookField, LookReason]:
        """Field and reason of a valid form."""
        return LookField(self.cleaned_data["field"]), LookReason(self.cleaned_data["reason"])


class CorrectionForm(forms.Form):
    """What is wrong in my record, and how it should read."""

    part = forms.ChoiceField(
        label=_("哪里不对"),
        choices=[("", _("请选择")), *DataPart.choices],
        error_messages={"required": _("请选择哪里不对。")},
    )
    wish = forms.CharField(
        label=_("应当怎样更正"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("只写需要改的内容；有证件或材料的，办理时当面出示。"),
        error_messages={"required": _("请写明应当怎样更正。")},
    )


class KeyForm(forms.Form):
    """A key for a system of others."""

    name = forms.CharField(
        label=_("哪个系统"), max_length=60, error_messages={"required": _("请写是哪个系统，如“区网格平台”。")}
    )
    scopes = forms.MultipleChoiceField(
        label=_("能做什么"),
        widget=forms.CheckboxSelectMultiple,
        choices=Scope.choices,
        initial=[str(scope) for scope in Scope],
        error_messages={"required": _("请选密钥能做什么。")},
    )
    until_on = forms.DateField(
        label=_("用到哪天"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("最长一年，到期后再看还要不要。"),
        error_messages={"required": _("请写用到哪天。"), "invalid": _("日期读不懂，如 2026-11-18。")},
    )


class SecurityKeyForm(AddWebAuthnForm):
    """The one label that allauth has no Chinese for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("名称")
