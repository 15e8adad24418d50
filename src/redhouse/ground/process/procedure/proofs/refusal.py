"""What a proof says when it fails: which obligation, in one sentence, by which clause, and a way that shows it."""

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from redhouse.ground.process.enums import FACT_VALUES, Outcome
from redhouse.ground.process.procedure.shape import Clause, Procedure

Way = tuple[tuple[str, str], ...]
"""(key of a step, how it closes) from the first step on; of a branch (key, value of its fact)."""


class Obligation(Enum):
    """What is proved of a procedure over every way through it, rework included."""

    O1 = gettext_noop("先知、先议、先做、领导把关、监督审查依次走完，才公示、通知、表决；实质修改后重走")
    O2 = gettext_noop("法定机构表决通过才执行；前置环节只增加、不代替，也不能悄悄搁置")
    O3 = gettext_noop("表决机构有权决定，到会、基数、票数不低于法律")
    O4 = gettext_noop("通知、公示不少于法定期限，异议未了不执行")
    O5 = gettext_noop("执行必有结果公开与归档，每一步都能走到终点")
    O6 = gettext_noop("提出、把关、监督、计票等不相容的职责由不同的岗位、不同的人承担")

    @property
    def words(self) -> str:
        return _(self.value)


class CaseObligation(Enum):
    """What is proved of a procedure by which cases are settled, over every way through it."""

    C1 = gettext_noop("核查、结案的人不是处置的人")
    C2 = gettext_noop("处置有佐证，处置之后核查通过，答复上报人以后才结案；核查能退回，答复后能重办")
    C3 = gettext_noop("不予受理、退回、上报、重办、说明理由结案都公开")
    C4 = gettext_noop("每一步都有办理时限")
    C5 = gettext_noop("每一步都走得到终点，也走得到结案；每一步都由人办，没有自己转的圈")
    C6 = gettext_noop("吹哨只向上，上级不接要退回并写明理由")

    @property
    def words(self) -> str:
        return _(self.value)


@dataclass(frozen=True)
class Refusal:
    """`witness` is a way of the refused procedure; its last pair leads into what is wrong."""

    obligation: Obligation | CaseObligation
    sentence: str
    clause: Clause
    witness: Way

    def told(self, procedure: Procedure) -> str:
        """The whole of it in words, on three lines."""
        return _("%(code)s：%(sentence)s\n    依据：%(clause)s\n    走法：%(way)s") % {
            "code": self.obligation.name,
            "sentence": self.sentence,
            "clause": self.clause.text,
            "way": tell(procedure, self.witness),
        }


def tell(procedure: Procedure, way: Way) -> str:
    """A way in words: each step with how it closes, then where that leads."""
    words = []
    for key, outcome in way:
        step = procedure.by_key[key]
        if step.fact is not None and outcome in FACT_VALUES[step.fact]:
            words.append(f"{step.fact.label}：{outcome}")
        else:
            words.append(_("%(step)s（%(outcome)s）") % {"step": step.name, "outcome": Outcome(outcome).label})
    if way:
        words.append(procedure.by_key[procedure.by_key[way[-1][0]].next[way[-1][1]]].name)
    else:
        words.append(procedure.first.name)
    return " → ".join(words)
