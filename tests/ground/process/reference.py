"""A second, small telling of what a run may do, and of what its record must show. It reads the files by itself and
shares nothing with the engine."""

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

GATES = ["party_inform", "party_deliberate", "party_lead", "leader_review", "supervision_check"]
RULES = {"V01", "V02", "V03", "V04", "V05", "V06", "V18"}  # of assemblies in 2018; a council (V11) decides by itself
BACK = {"returned", "changed", "upheld", "withdrawn"}
ROLES = {  # account -> the roles it has in the society of the factories
    "director": {"rec_director"}, "watch": {"rec_supervisor"}, "branch": {"branch_secretary"},
    "secretary": {"village_secretary"}, "supervisor": {"supervisor"}, "village_director": {"village_director"},
    "station": {"station_leader"}, "leader": {"town_leader"}, "org": {"town_org_office"},
    "grid": {"grid_worker"}, "dispatcher": {"grid_dispatcher"}, "handler": {"town_handler"},
    "neighbour": set(), "admin": set(), "outsider": set(),
}  # fmt: skip
Closing = tuple[str, str, str, date]  # step, outcome, account, day


@dataclass
class Model:
    """One run by the text of its procedure."""

    text: str
    facts: dict[str, str]
    day: date
    closings: list[Closing] = field(default_factory=list)
    filed: set[str] = field(default_factory=set)  # kinds of paper at the open step
    suspended: bool = False

    def __post_init__(self) -> None:
        self.steps: dict[str, dict[str, Any]] = {step["key"]: step for step in tomllib.loads(self.text)["step"]}
        self.open: str | None = next(iter(self.steps))

    def may(self, who: str, outcome: str, on: date) -> bool:
        """Whether the open step closes like that."""
        step = self.steps[self.open] if self.open else None
        if step is None or self.suspended or outcome not in step["next"] or on < self.day:
            return False
        first = next(iter(self.steps.values()))
        if outcome == "withdrawn":
            return bool(ROLES[who] & set(first["owed_by"]))
        if not ROLES[who] & set(step["owed_by"]) or self._barred(who, step):
            return False
        return outcome in BACK or (set(step.get("evidence", ())) <= self.filed and on >= self.ripe_on())

    def _barred(self, who: str, step: dict[str, Any]) -> bool:
        return any(
            closer == who and outcome != "withdrawn" and apart(self.steps, key, step["key"])
            for key, outcome, closer, _on in self.closings
        )

    def ripe_on(self) -> date:
        """The first day on which no clock keeps the open step waiting."""
        last = {key: on for key, outcome, _who, on in self.closings if outcome not in BACK}
        waits = [
            last[key] + timedelta(days=clock["count"] + 1)
            for key in last
            for clock in self.steps[key].get("clocks", ())
            if clock["bound"] == "at_least" and self.open in befores(clock)
        ]
        return max([self.day, *waits])

    def close(self, who: str, outcome: str, on: date) -> None:
        assert self.open is not None
        self.closings.append((self.open, outcome, who, on))
        key = self.steps[self.open]["next"][outcome]
        while self.steps[key]["kind"] == "branch":
            key = self.steps[key]["next"][self.facts[self.steps[key]["fact"]]]
        self.day, self.filed = on, set()
        self.open = None if self.steps[key]["kind"] == "end" else key
        self.ending = self.steps[key].get("ending", "")


def befores(clock: dict[str, Any]) -> list[str]:
    before = clock["before"]
    return before if isinstance(before, list) else [before]


def apart(steps: dict[str, dict[str, Any]], one: str, other: str) -> bool:
    return other in steps[one].get("apart_from", ()) or one in steps[other].get("apart_from", ())


def broken(text: str, trace: list[tuple[str, str, str, date, str]], ending: str) -> list[str]:
    """Which of O1-O6 a recorded trace breaks: rows of (step, outcome, who, day, reason), the open step last."""
    steps = {step["key"]: step for step in tomllib.loads(text)["step"]}
    wrong: list[str] = []
    since: list[tuple[str, str]] = []  # (kind, outcome) since the last draft came in
    last: dict[str, date] = {}
    for key, outcome, _who, on, reason in trace:
        kind = steps[key]["kind"]
        if kind == "draft":
            since = []
        passed = [k for k, o in since if o not in BACK]
        if kind in ("pre_publicity", "notice", "vote"):
            firsts = [passed.index(gate) if gate in passed else -1 for gate in GATES]
            if -1 in firsts or firsts != sorted(firsts):
                wrong.append(f"O1 {key}")
        if kind == "execute" and ("vote", "passed") not in since:
            wrong.append(f"O2 {key}")
        if outcome == "returned" and not reason:
            wrong.append(f"O2 {key}: no reason")
        if kind == "vote" and steps[key]["rule"] not in {"V09", "V10", "V15", "V18"} | {
            "V01",
            "V02",
            "V03",
            "V04",
            "V05",
        }:
            wrong.append(f"O3 {key}")
        for other, clocked in last.items():
            for clock in steps[other].get("clocks", ()):
                waits = clock["bound"] == "at_least" and key in befores(clock) and outcome and outcome not in BACK
                if waits and (on - clocked).days <= clock["count"]:
                    wrong.append(f"O4 {key}")
        if kind == "execute" and ("objection", "settled") not in since:
            wrong.append(f"O4 {key}: open objection")
        if outcome:
            since.append((kind, outcome))
            if outcome not in BACK:
                last[key] = on
    kinds = [steps[key]["kind"] for key, *_ in trace]
    if ending == "archived" and not kinds.index("execute") < kinds.index("result_publicity") < kinds.index("archive"):
        wrong.append("O5")
    acts = [(key, who) for key, outcome, who, _on, _reason in trace if outcome not in ("", "withdrawn")]
    wrong += [f"O6 {a} {b}" for a, one in acts for b, two in acts if one == two and a != b and apart(steps, a, b)]
    return wrong
