"""What a town may add to a version: a row of fields for each step that somebody takes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from redhouse.ground.papers.enums import PaperKind
from redhouse.ground.process.enums import Role, StepKind
from redhouse.ground.process.procedure import Procedure, Step
from redhouse.ground.process.procedure.additions import ADDABLE, GOES_ON, Additions, ExtraStep
from redhouse.ground.process.procedure.differences import span
from redhouse.kit.voting import VoteBody

MOST = 200_000  # bytes of a text that is sent in
# Above every majority of the law: of all, of those present, of the ballots.
WORDS = {
    "for >= 2/3 electors": _("应到人数的2/3以上赞成"),
    "for >= 3/4 electors": _("应到人数的3/4以上赞成"),
    "for >= 4/5 electors": _("应到人数的4/5以上赞成"),
    "for >= 2/3 present": _("到会人数的2/3以上赞成"),
    "for >= 3/4 present": _("到会人数的3/4以上赞成"),
}


@dataclass(frozen=True)
class Row:
    """The fields of one step as the page lays them out."""

    step: Step
    note: forms.BoundField
    paper: forms.BoundField
    clocks: list[tuple[str, str, forms.BoundField]]
    passing: forms.BoundField | None
    body: str


class AdditionsForm(forms.Form):
    """Fields are named by the key of the step; what is left as it is changes nothing."""

    from_on = forms.DateField(
        label=_("哪天起施行"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("施行前提出的事项按原来的版本走，可以另行决定转入"),
    )  # fmt: skip
    reason = forms.CharField(label=_("增订的理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    file = forms.FileField(
        label=_("或直接上传程序文件（TOML）"), required=False, widget=forms.FileInput(attrs={"accept": ".toml"}),
        help_text=_("上传了文件，就以文件为准，上面各步的填写不用；怎样写见说明书“程序”一章"),
    )  # fmt: skip
    after = forms.ChoiceField(label=_("接在哪一步之后"), required=False)
    kind = forms.ChoiceField(label=_("哪一类"), required=False)
    zh = forms.CharField(label=_("名称"), max_length=20, required=False)
    en = forms.CharField(label=_("英文名称"), max_length=40, required=False)
    owed_by = forms.ChoiceField(label=_("由谁办"), required=False)
    days = forms.IntegerField(label=_("几个工作日内办（0为不限）"), min_value=0, max_value=60, required=False)
    basis = forms.CharField(label=_("依据"), max_length=120, required=False)

    def __init__(self, *args: Any, procedure: Procedure, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.procedure = procedure
        self.human = [step for step in procedure.steps if step.is_human]
        self.text = ""
        self.fields["from_on"].initial = today
        onward = [step for step in self.human if any(way in GOES_ON for way in step.next)]
        self._choose("after", [(step.key, step.name) for step in onward])
        self._choose("kind", [(kind.value, kind.label) for kind in ADDABLE])
        self._choose("owed_by", Role.choices)
        for step in self.human:
            self._fields_of(step)

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = [("", "—"), *choices]  # type: ignore[attr-defined]

    def _fields_of(self, step: Step) -> None:
        self.fields[f"note-{step.key}"] = forms.CharField(label=_("备注"), max_length=160, required=False)
        papers = [(kind, label) for kind, label in PaperKind.choices if kind not in step.evidence]
        self.fields[f"paper-{step.key}"] = forms.ChoiceField(
            label=_("另要归入"), choices=[("", "—"), *papers], required=False
        )
        for place, clock in enumerate(step.clocks):
            self.fields[f"clock-{step.key}-{place}"] = forms.IntegerField(
                label=span(clock), min_value=1, max_value=400, initial=clock.count, required=False
            )
        if step.kind == StepKind.VOTE:
            self.fields[f"passing-{step.key}"] = forms.ChoiceField(
                label=_("门槛提高到"),
                choices=[("", "—"), *WORDS.items()],
                required=False,
            )

    def rows(self) -> list[Row]:
        return [
            Row(
                step,
                self[f"note-{step.key}"],
                self[f"paper-{step.key}"],
                [
                    (span(clock), clock.clause.text, self[f"clock-{step.key}-{n}"])
                    for n, clock in enumerate(step.clocks)
                ],
                self[f"passing-{step.key}"] if step.kind == StepKind.VOTE else None,
                str(VoteBody(step.body).label) if step.body else "",
            )
            for step in self.human
        ]

    def clean_file(self) -> None:
        file = self.cleaned_data.get("file")
        if not file:
            return
        if file.size > MOST:
            raise forms.ValidationError(_("程序文件不会这么大，请核对"))
        try:
            self.text = file.read().decode("utf-8")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("文件不是 UTF-8 文字：请另存为 UTF-8 编码")) from None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("after"):
            for name in ("kind", "zh", "en", "owed_by", "basis"):
                if not data.get(name):
                    self.add_error(name, _("加一步，这一项要填"))
        return data

    def additions(self) -> Additions:
        data = self.cleaned_data
        keys = [step.key for step in self.human]
        extra = None
        if data["after"]:
            extra = ExtraStep(
                after=data["after"], kind=StepKind(data["kind"]), zh=data["zh"], en=data["en"],
                owed_by=Role(data["owed_by"]), days=data["days"] or 0, note=data["basis"],
            )  # fmt: skip
        return Additions(
            from_on=data["from_on"],
            notes={key: text for key in keys if (text := data[f"note-{key}"].strip())},
            counts={
                (step.key, n): count
                for step in self.human
                for n, clock in enumerate(step.clocks)
                if (count := data[f"clock-{step.key}-{n}"]) and count != clock.count
            },
            passing={key: text for key in keys if (text := data.get(f"passing-{key}", ""))},
            papers={key: (kind,) for key in keys if (kind := data[f"paper-{key}"])},
            extra=extra,
        )
