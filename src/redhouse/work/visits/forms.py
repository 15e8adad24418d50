"""What people write down at a door, in a few taps."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from redhouse.ground.process.enums import Outcome, ReplyResult, ReplyWay
from redhouse.ground.process.models import CaseType
from redhouse.web.files import Photos
from redhouse.work.visits.actions import Details
from redhouse.work.visits.enums import (
    BOOK_BYTES_AT_MOST,
    PEOPLE_AT_MOST,
    PHOTOS_AT_MOST,
    WORDS_AT_MOST,
    BookKind,
    CallAnswer,
    Care,
    DayOfWeek,
    Topic,
    VisitMode,
)
from redhouse.work.visits.models import Checklist, Visit

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DetailsForm(forms.Form):
    """Everything may stay empty."""

    topics = forms.MultipleChoiceField(label=_("谈了什么"), choices=Topic.choices, required=False)
    people_met = forms.IntegerField(label=_("见到几人"), min_value=0, max_value=PEOPLE_AT_MOST, required=False)
    needs = forms.CharField(
        label=_("诉求"), max_length=WORDS_AT_MOST, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    opinion = forms.CharField(
        label=_("意见建议"), max_length=WORDS_AT_MOST, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    supplies = forms.CharField(label=_("慰问物资"), max_length=100, required=False)
    follow_up_on = forms.DateField(label=_("回访日"), required=False, widget=DAY)
    photos = Photos(most=PHOTOS_AT_MOST)

    def __init__(self, *args: Any, checklist: Checklist | None = None, row: Visit | None = None, **kwargs: Any) -> None:
        if row is not None:
            names = ("topics", "people_met", "needs", "opinion", "supplies", "follow_up_on", "unmet")
            kwargs["initial"] = {name: getattr(row, name) for name in names}
        super().__init__(*args, **kwargs)
        self.checklist = checklist
        if checklist is not None:
            items = [(str(number), item) for number, item in enumerate(checklist.items, start=1)]
            self.fields["unmet"] = forms.MultipleChoiceField(choices=items, required=False)

    @property
    def details(self) -> Details:
        said = self.cleaned_data
        return Details(
            topics=said["topics"],
            people_met=said["people_met"],
            needs=said["needs"],
            opinion=said["opinion"],
            supplies=said["supplies"],
            follow_up_on=said["follow_up_on"],
            checklist=self.checklist,
            unmet=[int(number) for number in said.get("unmet", [])],
        )


class EarlierForm(forms.Form):
    """A visit of another day, or made by another member and keyed in for them."""

    happened_on = forms.DateField(label=_("走访日"), widget=DAY)
    member = forms.TypedChoiceField(label=_("谁去的"), coerce=int)
    mode = forms.ChoiceField(label=_("方式"), choices=VisitMode.choices)

    def __init__(self, *args: Any, members: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = members  # type: ignore[attr-defined]


class CareForm(forms.Form):
    kind = forms.ChoiceField(label=_("关爱对象"), choices=Care.choices)
    until_on = forms.DateField(label=_("到哪天为止"), widget=DAY, help_text=_("最长一年；只记一个词，不写病情和金额"))


class ShareForm(forms.Form):
    """Which members share the households that nobody keeps contact with."""

    members = forms.TypedMultipleChoiceField(label=_("由谁联系"), coerce=int)

    def __init__(self, *args: Any, members: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = members  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    contacts = forms.TypedMultipleChoiceField(label=_("移交哪些户"), coerce=int)
    to = forms.TypedChoiceField(label=_("移交给"), coerce=int)

    def __init__(
        self, *args: Any, contacts: list[tuple[int, str]], members: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contacts"].choices = contacts  # type: ignore[attr-defined]
        self.fields["to"].choices = members  # type: ignore[attr-defined]


class SampleForm(forms.Form):
    division = forms.ChoiceField(label=_("范围"))
    from_on = forms.DateField(label=_("走访自"), widget=DAY)
    last_on = forms.DateField(label=_("走访至"), widget=DAY)
    size = forms.IntegerField(label=_("抽取户次"), min_value=1, max_value=400, initial=30)

    def __init__(self, *args: Any, divisions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"].choices = divisions  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=CallAnswer.choices)


class StationDayForm(forms.Form):
    weekday = forms.TypedChoiceField(
        label=_("驻点日"), choices=DayOfWeek.choices, coerce=int, initial=DayOfWeek.TUESDAY
    )
    every_weeks = forms.TypedChoiceField(
        label=_("多久一次"), coerce=int, choices=[(1, _("每周一次")), (2, _("两周一次，偏远的点"))]
    )
    begins = forms.TimeField(label=_("几点开始"), initial="14:30", widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(label=_("地点"), max_length=60)


class DayLogForm(forms.Form):
    logged_on = forms.DateField(label=_("驻点日"), widget=DAY)
    received = forms.IntegerField(label=_("接待群众人数"), min_value=0, max_value=2000, initial=0)
    summary = forms.CharField(
        label=_("做了什么"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("不写群众姓名、电话；诉求记在走访里，问题另行上报"),
    )  # fmt: skip


class MentorshipForm(forms.Form):
    mentee = forms.TypedChoiceField(label=_("帮带对象"), coerce=lambda text: int(text or 0), required=False)
    goals = forms.CharField(label=_("帮带目标"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, mentees: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentee"].choices = [("", _("村（社区）“两委”班子")), *mentees]  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    text = forms.CharField(label=_("做了什么"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class FieldNoteForm(forms.Form):
    text = forms.CharField(label=_("便条"), max_length=WORDS_AT_MOST, widget=forms.Textarea(attrs={"rows": 3}))


class ProblemForm(forms.Form):
    """What was found, and to whom it goes."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)  # sent twice, it is one case
    kind = forms.ChoiceField(label=_("交给谁办"))
    words = forms.CharField(label=_("什么情况"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    spot = forms.CharField(label=_("在什么地方"), max_length=120)

    def __init__(self, *args: Any, kinds: list[tuple[str, str | CaseType]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (value, _("网格：%(group)s，%(name)s") % {"group": kind.group, "name": kind.name})
            if isinstance(kind, CaseType)
            else (value, _("联系问题：先由村（社区）答复，办不了逐级上交"))
            for value, kind in kinds
        ]


class SettleForm(forms.Form):
    outcome = forms.ChoiceField(choices=Outcome.choices)
    reason = forms.CharField(label=_("说明"), max_length=500, required=False)
    photos = Photos(most=PHOTOS_AT_MOST)


class ReplyForm(forms.Form):
    way = forms.ChoiceField(
        label=_("怎样答复的"), choices=[pair for pair in ReplyWay.choices if pair[0] != ReplyWay.PAGE]
    )
    result = forms.ChoiceField(label=_("结果"), choices=ReplyResult.choices)
    words = forms.CharField(
        label=_("答复内容"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ChecklistForm(forms.Form):
    items = forms.CharField(
        label=_("检查项，一行一项"), widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("写成符合要求的样子，例如“灭火器在有效期内”；不符合的在走访时勾出来"),
    )  # fmt: skip


class BookForm(forms.Form):
    kind = forms.ChoiceField(label=_("哪一种表"), choices=BookKind.choices)
    file = forms.FileField(label=_("Excel文件"), help_text=_("最多3,000行，走访记录最多10万行；先试算，不写入任何内容"))

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > BOOK_BYTES_AT_MOST:
            raise forms.ValidationError(_("文件超过10 MB：请拆成几个文件分别上传"))
        return bytes(file.read())
