"""What people write on the pages of this room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from redhouse.ground.access.holdings import Holding
from redhouse.work.forms.actions import NewQuestion
from redhouse.work.forms.definitions import AnswerKind, Ask, Every, Per
from redhouse.work.forms.enums import QUESTIONS_AT_MOST
from redhouse.work.forms.models import CellEntry
from redhouse.work.forms.queries.filling import Filled
from redhouse.work.forms.queries.ledgers import month_of

_YES = [("", "—"), ("yes", _("是")), ("no", _("否"))]


def _field(ask: Ask, label: str) -> forms.Field:
    if ask.kind == AnswerKind.YES:
        return forms.ChoiceField(label=label, choices=_YES, required=False)
    widgets: dict[str, forms.Widget] = {
        AnswerKind.DAY: forms.DateInput(attrs={"type": "date"}),
        AnswerKind.NUMBER: forms.TextInput(attrs={"inputmode": "numeric"}),
    }
    widget = widgets.get(ask.kind, forms.TextInput())
    return forms.CharField(label=label, required=False, max_length=200, widget=widget)


class FillForm(forms.Form):
    """The cells of one page that nobody but people can fill; what stands there already stands in them."""

    def __init__(self, data: Any, filled: Filled) -> None:
        super().__init__(data)
        self.cells: dict[str, tuple[str, str]] = {}
        for cell in filled.place:
            self._add("", cell.column.ask, cell.entry)
        for line in filled.lines:
            for cell in line.cells:
                self._add(line.row.key, cell.column.ask, cell.entry)

    def _add(self, row_key: str, ask: Ask | None, entry: CellEntry | None) -> None:
        if ask is None:
            return
        name = f"{ask.key}.{row_key}"
        self.cells[name] = (row_key, ask.key)
        self.fields[name] = _field(ask, ask.name)
        self.fields[name].initial = entry.value if entry else ""

    def answers(self) -> dict[tuple[str, str], str]:
        return {cell: self.cleaned_data[name] for name, cell in self.cells.items()}

    @property
    def place(self) -> list[Any]:
        return [self[name] for name, (row_key, _key) in self.cells.items() if not row_key]

    def of_row(self, row_key: str) -> dict[str, Any]:
        return {key: self[name] for name, (its, key) in self.cells.items() if its == row_key}


class DraftForm(forms.Form):
    """A new form over one holding: known fields are ticked, own questions written."""

    title = forms.CharField(label=_("名称"), max_length=40)
    reason = forms.CharField(label=_("为什么要新增"), max_length=200)
    every = forms.ChoiceField(label=_("多久填一次"), choices=Every.choices)
    month = forms.CharField(
        label=_("专项填哪个月"), required=False, max_length=7, widget=forms.TextInput(attrs={"type": "month"})
    )
    fields_known = forms.MultipleChoiceField(
        label=_("系统已有的栏目，勾上就自动填"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, holding: Holding) -> None:
        super().__init__(data)
        ticks = self.fields["fields_known"]
        assert isinstance(ticks, forms.MultipleChoiceField)
        ticks.choices = [(known.key, known.name) for known in holding.fields]
        for number in range(1, QUESTIONS_AT_MOST + 1):
            self.fields[f"question_{number}"] = forms.CharField(
                label=_("系统没有、要人填的"), max_length=40, required=False
            )
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label=_("答什么"), choices=AnswerKind.choices, required=False
            )
            self.fields[f"per_{number}"] = forms.ChoiceField(label=_("填几次"), choices=Per.choices, required=False)

    @property
    def lines(self) -> list[tuple[Any, Any, Any]]:
        return [
            (self[f"question_{number}"], self[f"kind_{number}"], self[f"per_{number}"])
            for number in range(1, QUESTIONS_AT_MOST + 1)
        ]

    @property
    def questions(self) -> list[NewQuestion]:
        said = self.cleaned_data
        rows = [(said[f"question_{n}"], said[f"kind_{n}"], said[f"per_{n}"]) for n in range(1, QUESTIONS_AT_MOST + 1)]
        return [
            NewQuestion(text.strip(), kind or str(AnswerKind.WORDS), per or str(Per.PLACE))
            for text, kind, per in rows
            if text.strip()
        ]

    def clean_month(self) -> Any:
        text = self.cleaned_data["month"]
        month_on = month_of(text) if text else None
        if text and month_on is None:
            raise forms.ValidationError(_("请写成 2026-10 这样的年-月，不晚于本月"))
        return month_on


class RefusalForm(forms.Form):
    refusal = forms.CharField(label=_("退回理由"), max_length=200)
