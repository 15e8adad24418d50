"""What is said with a verb where the page has no form of its own: fields that stand in a row or on a desk."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from redhouse.ground.process.enums import Exclusion, Method
from redhouse.work.decisions.forms import PaymentForm, ShareBookForm, UnpaidForm, Workbook
from redhouse.work.decisions.queries.moves import Row


def whole(text: str) -> int | None:
    """A whole number that somebody typed; None for anything else."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def numbers_in(text: str) -> list[int]:
    """Numbers of the roll as people write them: 3、5, 8-12. What is none is left out; a span holds at most 500."""
    found: list[int] = []
    for word in text.replace("，", " ").replace("、", " ").replace(",", " ").replace("－", "-").split():
        first, _dash, last = word.partition("-")
        begin, end = whole(first), whole(last or first)
        if begin is not None and end is not None and begin <= end < begin + 500:
            found.extend(range(begin, end + 1))
    return found


class Whole(forms.CharField):
    """A whole number as people type it; None where it is none, so that the action can say what it wants."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=20, **kwargs)

    def clean(self, value: Any) -> Any:
        return whole(super().clean(value))


class Lines(forms.MultipleChoiceField):
    """Keys of lines; what is no number is left out."""

    def validate(self, value: list[str]) -> None:
        """Which lines there are, the action knows."""

    def clean(self, value: Any) -> list[int]:
        return [int(text) for text in super().clean(value) if text.isascii() and text.isdigit() and len(text) < 19]


class Said(forms.CharField):
    """Words that may be left out; the action says where it needs them."""

    def __init__(self, max_length: int = 2000, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=max_length, **kwargs)


class PaidLinesForm(PaymentForm):
    line = Lines(label=_("行"), required=False)
    all = Said(label=_("全部未发放的（填1）"))


class UnpaidLinesForm(UnpaidForm):
    line = Lines(label=_("行"), required=False)


class DrawForm(forms.Form):
    vote_on = forms.DateField(label=_("表决日"))


# `from` and `for` are no names of variables, so that these two are written as tables
ConveneForm: type[forms.Form] = type(
    "ConveneForm",
    (forms.Form,),
    {
        "title": Said(label=_("会议名称"), max_length=80),
        "from": Said(label=_("几点开始（19:30）"), max_length=5),
        "hours": Whole(label=_("开几小时")),
        "space": Whole(label=_("会场编号")),
        "agenda": Said(label=_("议程，一行一项")),
        "online": Said(label=_("可以线上参加（yes）"), max_length=3),
        "chair": Whole(label=_("主持人（人员编号）")),
        "recorder": Whole(label=_("记录人（人员编号）")),
        "scrutineer": Whole(label=_("监票人（人员编号）")),
    },
)


class RollObjectionForm(forms.Form):
    text = Said(label=_("异议"))


class RollAnswerForm(forms.Form):
    objection = Whole(label=_("异议编号"))
    answer = Said(label=_("答复"))
    upheld = Said(label=_("成立（yes）"), max_length=3)


class AmendRollForm(forms.Form):
    """One person on the roll, or numbers off it."""

    name = Said(label=_("列入一人：姓名"), max_length=40)
    door = Said(label=_("门牌"), max_length=80)
    area = Said(label=_("专有面积（㎡）"), max_length=20)
    remove = Said(label=_("去掉：册号，如 3、5、8-12"), max_length=20000)


class RollBookForm(forms.Form):
    file = Workbook()
    whole = Said(label=_("以这张表为准，表里没有的人从名册去掉（yes）"), max_length=3)
    trial = Said(label=_("只试算，什么也不写（yes）"), max_length=3)


class ShareRowsForm(ShareBookForm):
    trial = Said(label=_("只试算，什么也不写（yes）"), max_length=3)


class MovesForm(forms.Form):
    """Beside these two, for each matter N: `gate-N`, and `fact-N-NAME` for what it has to state first."""

    matter = Lines(label=_("要转入的事项（编号）"), required=False)
    reason = Said(label=_("决定的理由（会公开）"), max_length=400)

    def __init__(self, *args: Any, rows: Sequence[Row] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {row.matter: row for row in rows}
        for row in rows:
            self.fields[f"gate-{row.matter}"] = Said(label=_("回到哪一步"))
            for fact in row.facts:
                self.fields[f"fact-{row.matter}-{fact.name}"] = Said(label=fact.label)


class SeatForm(forms.Form):
    name = Said(label=_("职务"))
    posts = Whole(label=_("应选名额"))


class CandidateForm(forms.Form):
    seat = Whole(label=_("职务编号"))
    number = Whole(label=_("册号"))


class OpenVoteForm(forms.Form):
    method = forms.ChoiceField(label=_("投票方式"), choices=Method.choices, required=False)
    until = Said(label=_("投到几点（21:00）"), max_length=5)


class DecisionForm(forms.Form):
    number = Said(label=_("文号"))


class PrintForm(forms.Form):
    count = Whole(label=_("印几张"))


class SignInForm(forms.Form):
    code = Said(label=_("现场出示的签到码；线上签到空着"))


class BallotForm(forms.Form):
    token = Said(label=_("自己生成的一次性凭证；同一个再来，还是那张回执"))
    choice = Said(label=_("赞成、反对或弃权（for、against、abstain）"))


class NumbersForm(forms.Form):
    numbers = Said(label=_("册号，如 3、5、8-12"), max_length=20000)


class ProxyForm(forms.Form):
    principal = Whole(label=_("委托人册号"))
    holder = Whole(label=_("受托人册号"))


class CheckProxyForm(forms.Form):
    proxy = Whole(label=_("委托编号"))


class RecuseForm(forms.Form):
    number = Whole(label=_("册号"))
    kind = forms.ChoiceField(label=_("事由"), choices=Exclusion.choices, required=False)


class TellerForm(forms.Form):
    turn = Whole(label=_("第几次录入（1或2）"))
    who = Said(label=_("recorder、scrutineer、chair，或册号"))


# one ballot, or many lines at once; in a show of hands the three numbers
KeyBallotsForm: type[forms.Form] = type(
    "KeyBallotsForm",
    (forms.Form,),
    {
        "number": Said(label=_("票号")),
        "choice": Said(label=_("票面：for、against、abstain、invalid")),
        "named": Said(label=_("选举票上的候选人号")),
        "lines": Said(label=_("多张：一行一张，票号和票面"), max_length=200_000),
        "for": Whole(label=_("举手赞成")),
        "against": Whole(label=_("举手反对")),
        "abstain": Whole(label=_("举手弃权")),
    },
)


class LookForm(forms.Form):
    number = Whole(label=_("票号"))
    choice = Said(label=_("票面；none 是没有这张票"))
    named = Said(label=_("选举票上的候选人号"))
