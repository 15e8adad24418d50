"""What people write on the pages of this room."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from redhouse.ground.access.enums import LookReason
from redhouse.ground.process.enums import Outcome, ReplyResult, ReplyWay, Role, Unit, Urgency
from redhouse.ground.process.models import CaseType
from redhouse.kit.ids import IdError, check_phone
from redhouse.web.files import Photos
from redhouse.work.gridwork.enums import PHOTOS_AT_MOST, HazardLevel, Mark, SiteKind, Source, Topic
from redhouse.work.gridwork.models import FormItem

HANDLERS = (Role.GRID_WORKER, Role.VILLAGE_DIRECTOR, Role.TOWN_HANDLER)
MOST_ITEMS = 12


class ReportForm(forms.Form):
    """A problem: what, where, and if wanted who."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    type_code = forms.ChoiceField(label=_("是什么情况"))
    division_code = forms.ChoiceField(label=_("在哪个村（社区）"))
    spot = forms.CharField(label=_("具体地点"), max_length=120, help_text=_("例如：文化楼后巷，小卖部旁边"))
    words = forms.CharField(label=_("说一说"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    photos = Photos(most=PHOTOS_AT_MOST, label=_("照片（最多三张，不拍人脸）"))
    lat = forms.DecimalField(required=False, widget=forms.HiddenInput, max_digits=8, decimal_places=5)
    lon = forms.DecimalField(required=False, widget=forms.HiddenInput, max_digits=8, decimal_places=5)

    def __init__(self, *args: Any, types: Iterable[CaseType], places: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid4())
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for row in types:
            groups.setdefault(str(_(row.group)), []).append((row.type_code, str(_(row.name))))
        self.fields["type_code"].choices = [("", _("请选择")), *groups.items()]  # type: ignore[attr-defined]
        self.fields["division_code"].choices = [("", _("请选择")), *places]  # type: ignore[attr-defined]


class PublicReportForm(ReportForm):
    """By somebody without an account: how to reach them is theirs to leave or not."""

    name = forms.CharField(label=_("怎样称呼您（可不填）"), max_length=20, required=False)
    phone = forms.CharField(
        label=_("电话（可不填）"), max_length=20, required=False, help_text=_("只给办这件事的人看，办结后删去")
    )

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"]).strip()
        try:
            return check_phone(phone) if phone else ""
        except IdError as error:
            raise forms.ValidationError(error.say(gettext)) from error


class CloseForm(forms.Form):
    """How the open step is closed."""

    outcome = forms.ChoiceField(label=_("怎样办结"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("理由（退回、上报、不予受理、重办时必填，会公开）"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    photos = Photos(most=PHOTOS_AT_MOST, label=_("处置后的照片"))

    def __init__(self, *args: Any, outcomes: Iterable[Outcome], with_photos: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each), each.label) for each in outcomes if each != Outcome.DISPATCHED]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]
        if not with_photos:
            del self.fields["photos"]


class AssignForm(forms.Form):
    handler = forms.ChoiceField(label=_("派给谁"))
    note = forms.CharField(label=_("交代一句（可不填）"), max_length=200, required=False)

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].choices = [(str(person.pk), str(person)) for person in people]  # type: ignore[attr-defined]


class ReplyForm(forms.Form):
    way = forms.ChoiceField(
        label=_("怎样联系的"), choices=[(str(way), way.label) for way in ReplyWay if way != ReplyWay.PAGE]
    )
    result = forms.ChoiceField(label=_("结果"), choices=ReplyResult.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("答复内容（进度页会显示）"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class LookForm(forms.Form):
    reason = forms.ChoiceField(label=_("为什么要看"), choices=LookReason.choices)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=400)


class TypeForm(forms.Form):
    type_code = forms.RegexField(r"^[0-9]{4}$", label=_("编码"), help_text=_("4位数字：大类2位，小类2位"))
    group = forms.CharField(label=_("大类"), max_length=20)
    name = forms.CharField(label=_("小类"), max_length=30)
    urgency = forms.ChoiceField(label=_("缓急"), choices=Urgency.choices)
    limit_value = forms.IntegerField(label=_("处置时限"), min_value=1, max_value=365)
    limit_unit = forms.ChoiceField(
        label=_("单位"), choices=[(str(unit), unit.label) for unit in (Unit.HOUR, Unit.WORK_HOUR, Unit.WORKING_DAY)]
    )
    handled_by = forms.ChoiceField(label=_("由谁处置"), choices=[(str(role), role.label) for role in HANDLERS])
    photos_needed = forms.IntegerField(label=_("处置后至少几张照片"), min_value=1, max_value=9, initial=1)
    is_public = forms.BooleanField(label=_("群众可以上报"), required=False, initial=True)


class TemplateForm(forms.Form):
    title = forms.CharField(label=_("名称"), max_length=30, help_text=_("同名的模板由新的代替"))
    text = forms.CharField(label=_("答复"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ChecklistForm(forms.Form):
    """A new form of inspection: one item a line, and where its answer comes from."""

    topic = forms.ChoiceField(label=_("专题"), choices=Topic.choices)
    title = forms.CharField(label=_("名称"), max_length=40)
    site_kind = forms.ChoiceField(
        label=_("查哪类场所"), required=False, choices=[("", _("各类场所")), *SiteKind.choices]
    )
    minutes = forms.IntegerField(label=_("每处约几分钟"), min_value=1, max_value=240)
    reason = forms.CharField(label=_("为什么要新增"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_ITEMS + 1):
            self.fields[f"text_{number}"] = forms.CharField(label=str(number), max_length=80, required=number == 1)
            self.fields[f"source_{number}"] = forms.ChoiceField(label=_("来源"), choices=Source.choices, required=False)
            self.fields[f"level_{number}"] = forms.ChoiceField(
                label=_("不合格算"), choices=HazardLevel.choices, required=False
            )

    @property
    def lines(self) -> list[tuple[Any, Any, Any]]:
        return [
            (self[f"text_{number}"], self[f"source_{number}"], self[f"level_{number}"])
            for number in range(1, MOST_ITEMS + 1)
        ]

    @property
    def items(self) -> list[tuple[str, str, str]]:
        said = self.cleaned_data
        rows = [(said[f"text_{n}"], said[f"source_{n}"], said[f"level_{n}"]) for n in range(1, MOST_ITEMS + 1)]
        return [
            (text, source or str(Source.ASKED), level or str(HazardLevel.ORDINARY))
            for text, source, level in rows
            if text.strip()
        ]


class RoundForm(forms.Form):
    form = forms.ChoiceField(label=_("用哪份巡查表"))
    division_code = forms.ChoiceField(label=_("查哪里"))
    due_on = forms.DateField(label=_("哪天查完"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, choices: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = choices  # type: ignore[attr-defined]
        self.fields["division_code"].choices = places  # type: ignore[attr-defined]


class SiteForm(forms.Form):
    kind = forms.ChoiceField(label=_("类别"), choices=SiteKind.choices)
    name = forms.CharField(label=_("名称"), max_length=40)
    spot = forms.CharField(label=_("地址"), max_length=80)


class InspectForm(forms.Form):
    """The items that are asked, each with words and a photograph where it is not well."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    again_on = forms.DateField(
        label=_("复查日期（有不合格时）"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, items: list[FormItem], on: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid4())
        super().__init__(*args, **kwargs)
        self.asked = [item for item in items if item.source == Source.ASKED]
        for item in self.asked:
            self.fields[f"mark_{item.number}"] = forms.ChoiceField(
                label=item.text, choices=Mark.choices, widget=forms.RadioSelect
            )
            self.fields[f"words_{item.number}"] = forms.CharField(label=_("情况"), max_length=200, required=False)
            self.fields[f"photo_{item.number}"] = forms.FileField(label=_("照片"), required=False)
            self.fields[f"photo_{item.number}"].widget.attrs["accept"] = "image/jpeg,image/png,image/webp"

    @property
    def lines(self) -> list[tuple[Any, Any, Any]]:
        return [(self[f"mark_{i.number}"], self[f"words_{i.number}"], self[f"photo_{i.number}"]) for i in self.asked]

    def said(self) -> dict[str, Any]:
        data = self.cleaned_data
        photos = {item.number: data[f"photo_{item.number}"] for item in self.asked if data[f"photo_{item.number}"]}
        return {
            "marks": {item.number: data[f"mark_{item.number}"] for item in self.asked},
            "words": {item.number: data[f"words_{item.number}"] for item in self.asked},
            "photos": {number: file.read() for number, file in photos.items()},
            "again_on": data["again_on"],
            "key": data["key"],
        }


class PhotoForm(forms.Form):
    photo = forms.FileField(label=_("整改后的照片"))


class RateForm(forms.Form):
    stars = forms.TypedChoiceField(choices=[(n, str(n)) for n in range(1, 6)], coerce=int)
