"""Forms of the pages of messages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from redhouse.ground.messages.enums import ASSISTED, BROADCAST, SENTENCES, Channel, NoticeKind
from redhouse.ground.messages.queries import Choice, choices_of
from redhouse.ground.papers.enums import MAX_BYTES, MediaType
from redhouse.ground.people.models import Person
from redhouse.kit.today import today

EVIDENCE = (MediaType.JPEG, MediaType.PNG, MediaType.WEBP, MediaType.PDF)


def _choices(channels: Sequence[Channel]) -> list[tuple[str, str]]:
    return [(str(channel), str(channel.label)) for channel in channels]


@dataclass(frozen=True)
class Way:
    """One line of the page of preferences: a kind, and its box for each channel."""

    kind: NoticeKind
    sentence: str
    boxes: list[tuple[Choice, forms.BoundField]]


class PreferencesForm(forms.Form):
    """A box for every kind by every channel; what the law wants told in the house is ticked and cannot be taken off."""

    def __init__(self, *args: object, person: Person, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.choices = choices_of(person)
        for kind, choices in self.choices.items():
            for choice in choices:
                self.fields[_name(kind, choice.channel)] = forms.BooleanField(
                    label=f"{kind.label}　{choice.channel.label}",
                    required=False,
                    initial=choice.is_on,
                    disabled=choice.is_fixed,
                )

    def ways(self) -> list[Way]:
        return [
            Way(kind, str(SENTENCES[kind]), [(choice, self[_name(kind, choice.channel)]) for choice in choices])
            for kind, choices in self.choices.items()
        ]

    def changes(self) -> Iterator[tuple[NoticeKind, Channel, bool]]:
        """What a valid form changes."""
        for kind, choices in self.choices.items():
            for choice in choices:
                wanted = self.cleaned_data[_name(kind, choice.channel)]
                if wanted != choice.is_on:
                    yield kind, choice.channel, wanted


def _name(kind: NoticeKind, channel: Channel) -> str:
    return f"{kind}-{channel}"


class ReceiptsForm(forms.Form):
    """Whom somebody reached, and how. Only people who have not confirmed are offered."""

    channel = forms.ChoiceField(label=_("怎样送达"), choices=lambda: _choices(ASSISTED))
    people = forms.TypedMultipleChoiceField(
        label=_("送到了谁"),
        coerce=int,
        error_messages={
            "required": _("请先勾选已经送到的人"),
            "invalid_choice": _("名单刚有变化，请刷新页面后再勾选"),
        },
    )

    def __init__(self, *args: object, people: Sequence[Person], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.known = {person.pk: person for person in people}
        self.fields["people"].choices = [(pk, "") for pk in self.known]  # type: ignore[attr-defined]

    def clean_people(self) -> list[Person]:
        return [self.known[pk] for pk in self.cleaned_data["people"]]


class AnnounceForm(forms.Form):
    """Loudspeaker, board or door to door: when, where, how often, and a photograph if there is one."""

    channel = forms.ChoiceField(label=_("怎样告知"), choices=lambda: _choices(BROADCAST))
    announced_on = forms.DateField(label=_("日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(
        label=_("时间、地点、遍数"), max_length=200, help_text=_("如：18:30，全村广播，播两遍；或：村口公示栏")
    )
    photo = forms.FileField(
        label=_("照片或扫描件（可不传）"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(EVIDENCE)}),
    )

    def clean_announced_on(self) -> object:
        day = self.cleaned_data["announced_on"]
        if day > today():
            raise forms.ValidationError(_("还没到这一天；请在告知以后再登记"))
        return day

    def clean_photo(self) -> UploadedFile[bytes] | None:
        photo: UploadedFile[bytes] | None = self.cleaned_data["photo"]
        if photo is None:
            return None
        if photo.content_type not in EVIDENCE:
            raise forms.ValidationError(_("照片请用 JPEG、PNG 或 WebP，扫描件用 PDF"))
        if (photo.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("文件超过 100 MB，请缩小后再传"))
        return photo
