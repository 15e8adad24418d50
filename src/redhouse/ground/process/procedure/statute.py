"""What the law asks of a procedure beside the vote itself: which subject a power is about, how long things must be
public, what needs an approval, who must be somebody else. Thresholds, notice and competence stand in `kit.voting`.

Where the law is silent the house still asks for one day: a publicity that runs no time at all is none. That is our own
choice and marked so; a town may choose longer, never nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from redhouse.ground.process.enums import Mark, MatterFact, Role, StepKind, Unit
from redhouse.ground.process.procedure.shape import Clause
from redhouse.kit.voting import Condition, Subject, VoteBody

OPINION = Clause("西樵镇《关于实施村（社区）重要事权清单管理强化党组织领导核心地位的意见（试行）》", Mark.SOURCED)
HOUSE = Clause("法律没有规定，本系统的默认要求", Mark.CHOSEN)
SEPARATION = Clause("不相容岗位分离，本系统的默认要求", Mark.CHOSEN)


@dataclass(frozen=True)
class Gate:
    """One of the gates before the vote, in their order. The party deliberates in three bodies, by their rules."""

    kind: StepKind
    body: str = ""
    owed_by: Role | None = None
    rule: str = ""


_COMMITTEE, _MEETING = str(VoteBody.PARTY_BRANCH_COMMITTEE), str(VoteBody.PARTY_BRANCH_MEETING)
GATES = (
    Gate(StepKind.PARTY_INFORM),
    Gate(StepKind.PARTY_DELIBERATE, _COMMITTEE, Role.BRANCH_SECRETARY, "V17"),
    Gate(StepKind.PARTY_DELIBERATE, _MEETING, Role.BRANCH_SECRETARY, "V16"),
    Gate(StepKind.PARTY_DELIBERATE, _COMMITTEE, Role.VILLAGE_SECRETARY, "V17"),
    Gate(StepKind.PARTY_LEAD),
    Gate(StepKind.LEADER_REVIEW),
    Gate(StepKind.SUPERVISION_CHECK),
)


@dataclass(frozen=True)
class Floor:
    """The least a clock may run on a day; `is_law` tells the law's days from our one day where it is silent."""

    count: int
    unit: Unit
    clause: Clause

    @property
    def is_law(self) -> bool:
        return self.clause.mark == Mark.SOURCED


SILENT = Floor(1, Unit.DAY, HOUSE)
FIFTEEN = Floor(
    15, Unit.DAY, Clause("村民委员会组织法（2025年修正）第三十五条；城市居民委员会组织法第三十四条", Mark.SOURCED)
)
TEN_OPEN = Floor(10, Unit.DAY, Clause("《农村集体经济组织法》第46条", Mark.SOURCED))
TEN_FILED = Floor(10, Unit.WORKING_DAY, Clause("《土地管理法实施条例》（2021年修订）第40条", Mark.SOURCED))

# kind of step whose clock it is, subjects (none: all), from which day
FLOORS: tuple[tuple[StepKind, frozenset[Subject], date, Floor], ...] = (
    (StepKind.PRE_PUBLICITY, frozenset((Subject.REC_BUDGET, Subject.DIVIDEND)), date(2025, 5, 1), TEN_OPEN),
    (StepKind.DECISION_PUBLICITY, frozenset(), date(2026, 1, 1), FIFTEEN),
    (StepKind.RESULT_PUBLICITY, frozenset(), date(2026, 1, 1), FIFTEEN),
    (StepKind.APPROVAL, frozenset((Subject.CONSTRUCTION_LAND,)), date(2021, 9, 1), TEN_FILED),
)

# a decision of the collective that does not stand before an authority has approved it
APPROVALS: Mapping[Subject, tuple[date, Clause]] = {
    Subject.HOMESTEAD_APPLICATION: (date.min, Clause("《土地管理法》第62条", Mark.SOURCED)),
    Subject.LAND_OUTSIDE_CONTRACT: (
        date.min,
        Clause("《农村土地承包法》：发包给本集体以外的须经乡镇批准", Mark.SOURCED),
    ),
    Subject.CONSTRUCTION_LAND: (date(2021, 9, 1), Clause("《土地管理法实施条例》（2021年修订）第40条", Mark.SOURCED)),
}

# what the law asks besides for a body to be competent, as a fact of the matter; the charter's choice names a body
CONDITIONS: Mapping[Condition, tuple[MatterFact, str]] = {
    Condition.CHARTER_DELEGATES: (MatterFact.DELEGATED_BY_CHARTER, "yes"),
    Condition.ASSEMBLY_DELEGATES: (MatterFact.DELEGATED_BY_ASSEMBLY, "yes"),
    Condition.WITHIN_CHARTER_LIMIT: (MatterFact.OVER_CHARTER_LIMIT, "no"),
    Condition.NO_COLLECTIVE_ASSETS: (MatterFact.COLLECTIVE_ASSETS, "no"),
}
VILLAGE = frozenset((VoteBody.VILLAGERS_ASSEMBLY, VoteBody.VILLAGER_REP_ASSEMBLY, VoteBody.VILLAGE_ELECTION))
COMMUNITY = frozenset((VoteBody.RESIDENTS_ASSEMBLY, VoteBody.RESIDENT_REP_ASSEMBLY, VoteBody.RESIDENTS_ELECTION))

# what a power is about: always the same, or by one typed fact
_SUBJECTS: Mapping[str, Subject | tuple[MatterFact, Mapping[str, Subject]]] = {
    "P01": (
        MatterFact.PERSONNEL_MATTER,
        {"election": Subject.ELECTION, "rec": Subject.REC_PERSONNEL, "subsidy": Subject.SUBSIDY_STANDARD},
    ),
    "P02": (MatterFact.COLLECTIVE_ASSETS, {"yes": Subject.REC_BUDGET, "no": Subject.VILLAGE_FUNDS}),
    "P03": (MatterFact.COLLECTIVE_ASSETS, {"yes": Subject.REC_INVESTMENT, "no": Subject.VILLAGE_WORKS}),
    "P04": (
        MatterFact.OVER_CHARTER_LIMIT,
        {"yes": Subject.PROCUREMENT_OVER_LIMIT, "no": Subject.PROCUREMENT_WITHIN_LIMIT},
    ),
    "P05": Subject.ASSET_DEAL,
    "P06": (
        MatterFact.LAND_MATTER,
        {
            "contracting": Subject.LAND_CONTRACTING,
            "outside_contract": Subject.LAND_OUTSIDE_CONTRACT,
            "construction_land": Subject.CONSTRUCTION_LAND,
        },
    ),
    "P07": Subject.DIVIDEND,
    "P08": Subject.COMPENSATION,
    "P09": (MatterFact.HOMESTEAD_PLAN, {"yes": Subject.HOMESTEAD_PLAN, "no": Subject.HOMESTEAD_APPLICATION}),
    "P10": (MatterFact.COLLECTIVE_ASSETS, {"yes": Subject.REC_CHARTER, "no": Subject.VILLAGE_RULES}),
}

# proposer, reviewer, supervisor, teller, who answers objections, who carries out: other roles and other people
APART: tuple[tuple[StepKind, StepKind], ...] = (
    (StepKind.DRAFT, StepKind.LEADER_REVIEW),
    (StepKind.DRAFT, StepKind.SUPERVISION_CHECK),
    (StepKind.DRAFT, StepKind.VOTE),
    (StepKind.DRAFT, StepKind.OBJECTION),
    (StepKind.DRAFT, StepKind.APPROVAL),
    (StepKind.LEADER_REVIEW, StepKind.SUPERVISION_CHECK),
    (StepKind.LEADER_REVIEW, StepKind.VOTE),
    (StepKind.OBJECTION, StepKind.EXECUTE),
)


def subjects(code: str, facts: Mapping[MatterFact, str]) -> tuple[Subject, ...]:
    """Every subject that a matter of this power may be about, by what is known of it; none for an unknown power."""
    by = _SUBJECTS.get(code, (MatterFact.COMMUNITY, {}))
    if isinstance(by, Subject):
        return (by,)
    fact, of_value = by
    return (of_value[facts[fact]],) if facts.get(fact) in of_value else tuple(of_value.values())


def met(condition: Condition, body: VoteBody, facts: Mapping[MatterFact, str]) -> bool:
    """Whether what is known of the matter makes the condition true. What nobody asked is not met."""
    if condition is Condition.CHARTER_CHOOSES:
        return facts.get(MatterFact.CHOSEN_BODY) == body.value
    fact, value = CONDITIONS[condition]
    return facts.get(fact) == value


def floor(kind: StepKind, subject: Subject | None, on: date) -> Floor:
    """The least that the clock of such a step must run; subject None: what holds for every subject."""
    for of_kind, subjects, from_on, least in FLOORS:
        if of_kind == kind and from_on <= on and (not subjects or subject in subjects):
            return least
    return SILENT


def approval_needed(subject: Subject, on: date) -> Clause | None:
    """The clause by which an authority must approve, if one must."""
    from_on, clause = APPROVALS.get(subject, (date.max, HOUSE))
    return clause if from_on <= on else None


def days_of_change() -> frozenset[date]:
    """Days on which something here begins to hold; those of the votes stand in `kit.voting`."""
    return frozenset({row[2] for row in FLOORS} | {day for day, _ in APPROVALS.values() if day != date.min})
