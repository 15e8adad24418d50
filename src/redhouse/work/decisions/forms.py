"""What people write on the pages of a matter."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from redhouse.ground.papers.enums import MAX_BYTES, MEDIA_TYPE_BY_SUFFIX, MediaType, PaperKind
from redhouse.ground.process.enums import FACT_VALUES, YES_NO, Outcome
from redhouse.ground.process.procedure import Procedure
from redhouse.work.decisions.actions.matters import Upload
from redhouse.work.decisions.enums import PHOTO_TYPES, VALUE_WORDS, CheckItem, Phase, Stance, UnpaidReason

SHEET_BYTES = 8 << 20  # of a workbook that is sent in


class PaperFile(forms.FileField):
    """A file of a kind that papers may hold; gives an `Upload`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("文件（PDF、Word、Excel 或图片）"))
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ",".join(f".{suffix}" for suffix in MEDIA_TYPE_BY_SUFFIX)

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        file: Any = super().clean(data, initial)
        if not file:
            return None
        name = str(file.name)
        kind: MediaType | None = MEDIA_TYPE_BY_SUFFIX.get(name.rpartition(".")[2].lower())
        if kind is None:
            raise forms.ValidationError(_("不收这种格式的文件：请用 PDF、Word、Excel、文本或图片"))
        if file.size is not None and file.size > MAX_BYTES:
            raise forms.ValidationError(_("文件超过 100 MB：请压缩后再传"))
        return Upload(file.read(), kind, name[-160:])


class OpenForm(forms.Form):
    """A new matter of one power: what it is about, and the typed facts by which its way parts."""

    title = forms.CharField(label=_("标题"), max_length=80, help_text=_("例如：2026年度股份分红"))
    host = forms.ChoiceField(label=_("哪个组织的事项"))
    summary = forms.CharField(
        label=_("要点"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("先知通知里会写上；不写姓名、电话、证件号码"),
    )  # fmt: skip
    amount = forms.DecimalField(
        label=_("金额（元）"), required=False, min_value=Decimal(0), max_digits=15, decimal_places=2,
        help_text=_("没有金额就空着"),
    )  # fmt: skip
    lead_minimum = forms.IntegerField(
        label=_("先做最低覆盖（%）"), min_value=0, max_value=100, initial=80,
        help_text=_("党员至少向多大比例的户说明；镇里另有规定的从其规定"),
    )  # fmt: skip
    plan = PaperFile(label=_("方案"), required=True)

    def __init__(self, *args: Any, procedure: Procedure, hosts: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.typed = procedure.facts
        self.fields["host"].choices = hosts  # type: ignore[attr-defined]
        for fact in procedure.facts:
            choices = [(value, VALUE_WORDS[value]) for value in FACT_VALUES[fact]]
            self.fields[fact.value] = forms.ChoiceField(
                label=fact.label,
                choices=choices,
                widget=forms.RadioSelect if FACT_VALUES[fact] == YES_NO else forms.Select,
            )

    @property
    def facts_of(self) -> dict[str, str]:
        return {fact.value: self.cleaned_data[fact.value] for fact in self.typed}

    @property
    def fen(self) -> int | None:
        amount: Decimal | None = self.cleaned_data["amount"]
        return None if amount is None else int(amount * 100)


class CloseForm(forms.Form):
    """How the open step is closed; `step` is the one that whoever fills this in has before them."""

    step = forms.IntegerField(required=False, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("怎样办结这一步"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("退回、撤回、修改必须写明原因；退回的原因会公开"),
    )  # fmt: skip

    def __init__(self, *args: Any, outcomes: Iterable[Outcome], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(outcome.value, outcome.label) for outcome in outcomes]  # type: ignore[attr-defined]


class PaperForm(forms.Form):
    kind = forms.ChoiceField(label=_("文种"), choices=PaperKind.choices)
    title = forms.CharField(label=_("标题"), max_length=160)
    file = PaperFile(required=True)


class AmendForm(forms.Form):
    file = PaperFile(label=_("新的一版"), required=True)
    is_material = forms.TypedChoiceField(
        label=_("是不是实质修改"), coerce=lambda text: text == "yes", widget=forms.RadioSelect,
        choices=[("no", _("不是：只改文字，不动内容、金额、对象")), ("yes", _("是：前置环节要重走"))],
    )  # fmt: skip
    reason = forms.CharField(label=_("改了什么、为什么"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ExplainForm(forms.Form):
    household = forms.IntegerField(widget=forms.HiddenInput)
    stance = forms.ChoiceField(label=_("表态"), choices=Stance.choices, widget=forms.RadioSelect)
    opinion = forms.CharField(
        label=_("意见（有就写）"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class OpinionForm(forms.Form):
    text = forms.CharField(label=_("意见"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("答复"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    is_adopted = forms.TypedChoiceField(
        label=_("采纳"), coerce=lambda text: text == "yes", choices=[("yes", _("采纳")), ("no", _("不采纳，已解释"))],
        widget=forms.RadioSelect,
    )  # fmt: skip


class CheckForm(forms.Form):
    """The supervision committee's list: for each item met or not, and a note."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in CheckItem:
            self.fields[item.value] = forms.ChoiceField(
                label=item.label, choices=[("yes", _("符合")), ("no", _("不符合"))], widget=forms.RadioSelect
            )
            self.fields[f"{item.value}_note"] = forms.CharField(label=_("说明"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for item in CheckItem:
            if data.get(item.value) == "no" and not data.get(f"{item.value}_note", "").strip():
                self.add_error(f"{item.value}_note", _("不符合的要写明哪里不符合"))
        return data

    @property
    def marks(self) -> dict[CheckItem, tuple[bool, str]]:
        data = self.cleaned_data
        return {item: (data[item.value] == "yes", data[f"{item.value}_note"]) for item in CheckItem}

    def rows(self) -> list[tuple[Any, Any]]:
        return [(self[item.value], self[f"{item.value}_note"]) for item in CheckItem]


class DemandForm(forms.Form):
    """By how many electors, of how many, a meeting is demanded."""

    WANTED = {name: _("请写联名人数和有表决权的人数") for name in ("required", "invalid", "min_value")}
    count = forms.IntegerField(label=_("联名人数"), min_value=1, error_messages=WANTED)
    electors = forms.IntegerField(label=_("有表决权人数"), min_value=1, error_messages=WANTED)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class Photo(PaperFile):
    """A photograph of the board."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("公开栏照片（JPEG、PNG 或 WebP）"),
            help_text=_("拍到整张公示稿和公开栏；请避开人脸，已拍到的请遮住再上传"),
            **kwargs,
        )
        self.widget.attrs["accept"] = ".jpg,.jpeg,.png,.webp"

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        upload = super().clean(data, initial)
        if upload is not None and upload.media_type not in PHOTO_TYPES:
            raise forms.ValidationError(_("照片要用 JPEG、PNG 或 WebP"))
        return upload


class SheetForm(forms.Form):
    """A sheet for the board; the period, the clause and how to object are added by themselves."""

    title = forms.CharField(label=_("公示标题"), max_length=120, widget=forms.Textarea(attrs={"rows": 2}))
    text = forms.CharField(
        label=_("公示内容"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("一行一段；从 Excel 粘贴的行自动成为表格。不写个人的电话、证件号码和账号，分配只写总数"),
    )  # fmt: skip
    number = forms.CharField(label=_("文号"), max_length=40, required=False, help_text=_("空着则按本组织顺序编号"))
    places = forms.CharField(label=_("张贴地点"), max_length=60, initial=_("村公开栏"))
    from_on = forms.DateField(
        label=_("张贴日"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("公示期从次日起算"),
    )


class AmendSheetForm(forms.Form):
    text = forms.CharField(label=_("更正后的内容"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))
    reason = forms.CharField(label=_("改了什么、为什么"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    is_material = forms.TypedChoiceField(
        label=_("是不是实质更正"), coerce=lambda text: text == "yes", widget=forms.RadioSelect,
        choices=[("no", _("不是：只改错字，公示期不变")), ("yes", _("是：内容、金额、对象变了，公示期重新计算"))],
    )  # fmt: skip


class PhotoForm(forms.Form):
    photo = Photo()
    seen_on = forms.DateField(label=_("拍摄日"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


class PhasePhotoForm(PhotoForm):
    phase = forms.ChoiceField(choices=Phase.choices, initial=Phase.START, required=False)


class ObjectionForm(forms.Form):
    text = forms.CharField(
        label=_("异议"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写对哪一点有异议、理由是什么。姓名只有答复的人看得到，公开页只列件数"),
    )  # fmt: skip


class PaperObjectionForm(ObjectionForm):
    name = forms.CharField(
        label=_("提出人姓名（可不填）"), max_length=40, required=False, help_text=_("加密保存，不公开；记为代填")
    )


class AnswerObjectionForm(forms.Form):
    answer = forms.CharField(label=_("答复和理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    is_upheld = forms.TypedChoiceField(
        label=_("异议"), coerce=lambda text: text == "yes", widget=forms.RadioSelect,
        choices=[("no", _("不成立，已说明理由")), ("yes", _("成立，事项要退回"))],
    )  # fmt: skip


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class FreezeForm(forms.Form):
    as_of = _day(_("截至哪一天"), help_text=_("章程写明的日子；这一天在册的成员和份额，冻结后不再变"))


class ProposeForm(forms.Form):
    total = forms.DecimalField(
        label=_("分配总额（元）"), min_value=Decimal("0.01"), max_digits=15, decimal_places=2,
        help_text=_("提取公积公益金以后可以分给成员的；定下即为事项金额"),
    )  # fmt: skip

    @property
    def fen(self) -> int:
        return int(self.cleaned_data["total"] * 100)


class QuestionForm(forms.Form):
    text = forms.CharField(label=_("哪里不对"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerQuestionForm(forms.Form):
    answer = forms.CharField(label=_("答复和理由"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    is_upheld = forms.TypedChoiceField(
        label=_("异议"), coerce=lambda text: text == "yes", widget=forms.RadioSelect,
        choices=[("no", _("不成立，已说明理由")), ("yes", _("成立，冻结前更正"))],
    )  # fmt: skip


class Workbook(forms.FileField):
    """A workbook that is sent in; what is in it, a dry run says."""

    def __init__(self, **kwargs: Any) -> None:
        wanted = _("请选一个不超过8 MB的Excel文件")
        kwargs.setdefault("label", _("填好的表格（.xlsx）"))
        kwargs.setdefault("error_messages", dict.fromkeys(("required", "empty", "missing", "invalid"), wanted))
        super().__init__(widget=forms.FileInput(attrs={"accept": ".xlsx"}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file is not None and file.size > SHEET_BYTES:
            raise forms.ValidationError(self.error_messages["required"])
        return file


class ShareBookForm(forms.Form):
    basis = forms.ChoiceField(label=_("分配依据"))
    as_of = _day(_("截至哪一天"))
    file = Workbook()

    def __init__(self, *args: Any, bases: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis"].choices = bases  # type: ignore[attr-defined]


class PaymentForm(forms.Form):
    number = forms.CharField(label=_("发放清单号"), max_length=40, help_text=_("银行代发清单或现金签领单的编号"))
    paid_on = _day(_("发放日"))
    evidence = PaperFile(label=_("凭证"), help_text=_("银行回单或签领单；请先遮去姓名、账号，档案里会保存"))


class UnpaidForm(forms.Form):
    reason = forms.ChoiceField(label=_("未发放的原因"), choices=UnpaidReason.choices)
