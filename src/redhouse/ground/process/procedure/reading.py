"""Read one procedure file. A slip is named by file, step, field and mend; nothing half-read is handed on."""

import re
from collections.abc import Iterator
from hashlib import sha256
from types import MappingProxyType

from django.utils.translation import gettext as _

from redhouse.ground.papers.enums import PaperKind
from redhouse.ground.process.enums import (
    FACT_VALUES,
    HOURS,
    OUTCOMES,
    Bound,
    Ending,
    Mark,
    MatterFact,
    Role,
    StepKind,
    Unit,
    must_lead_on,
)
from redhouse.ground.process.procedure.shape import Clause, Clock, Demand, Procedure, Step
from redhouse.ground.process.procedure.table import Table, table_of
from redhouse.ground.process.procedure.whole import check_whole
from redhouse.kit.voting import Override, Subject, VoteBody
from redhouse.kit.voting.reading import quorum, threshold

KEY = re.compile(r"[a-z][a-z0-9_]{0,29}")  # with code and outcome it makes the label of a fact
CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}")
RULE = re.compile(r"V\d\d")
DECIDES = frozenset((StepKind.VOTE, StepKind.PARTY_DELIBERATE))


def digest_of(text: str) -> str:
    """By which a version is known: SHA-256 of its text, as hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def read_procedure(text: str, *, origin: str = "") -> Procedure:
    """Raises ProcedureError. Whether the procedure is safe is another question: see `proofs`."""
    origin = origin or _("程序文件")
    file = table_of(text, origin)
    head = file.table("procedure", f"{origin}，[procedure]")
    steps = tuple(_steps(file, origin))
    demand = file.table("demand") if "demand" in file else None
    procedure = Procedure(
        code=_matching(head, "code", CODE, _("请写成大写字母和数字，例如 P07。")),
        zh=head.text("zh"),
        en=head.text("en"),
        from_on=head.day("from_on"),
        until_on=head.day("until_on") if "until_on" in head else None,
        steps=steps,
        demand=_demand(demand) if demand else None,
        clauses=tuple(_clause(row) for row in head.tables("clauses")),
        text=text,
        digest=digest_of(text),
    )
    head.done()
    file.done()
    if procedure.until_on and procedure.until_on <= procedure.from_on:
        raise head.refuse("until_on", _("必须晚于 from_on：从哪天起不再适用。"))
    check_whole(procedure, origin)
    return procedure


def _steps(file: Table, origin: str) -> Iterator[Step]:
    for number, row in enumerate(file.tables("step", None), 1):
        key = row.data.get("key")
        row.where = _("%(origin)s，第%(number)s步") % {"origin": origin, "number": number}
        row.where += f" {key}" if isinstance(key, str) else ""
        yield _step(row)


def _step(row: Table) -> Step:
    kind = row.word("kind", StepKind)
    key = _matching(row, "key", KEY, _("请用小写字母、数字和下划线，以字母开头，不超过30个字符。"))
    human = kind not in {StepKind.BRANCH, StepKind.END}
    step = Step(
        key=key,
        kind=kind,
        zh=row.text("zh", ""),
        en=row.text("en", ""),
        owed_by=row.words("owed_by", Role) if human else (),
        clauses=tuple(_clause(clause) for clause in row.tables("clauses")),
        clocks=tuple(clock for table in row.tables("clocks") for clock in _clocks(table, key)) if human else (),
        evidence=tuple(str(kind) for kind in row.words("evidence", PaperKind)) if human else (),
        body=str(row.word("body", VoteBody)) if kind in DECIDES else "",
        rule=_matching(row, "rule", RULE, _("请写成 V01 这样的规则编号。")) if kind in DECIDES else "",
        subject=str(row.word("subject", Subject)) if kind == StepKind.VOTE else "",
        stricter=_stricter(row.table("stricter"), key) if kind == StepKind.VOTE and "stricter" in row else None,
        fact=row.word("fact", MatterFact) if kind == StepKind.BRANCH else None,
        ending=row.word("ending", Ending) if kind == StepKind.END else None,
        apart_from=row.texts("apart_from") if human else (),
        disclosed=row.flag("disclosed") if human else False,
        next=MappingProxyType(_ways(row, kind)) if kind != StepKind.END else MappingProxyType({}),
    )
    row.done()
    if human and not step.owed_by:
        raise row.refuse("owed_by", _('请写明由谁负责，例如 ["rec_director"]。'))
    if bool(step.zh) != bool(step.en):
        raise row.refuse("zh", _("中英文名称（zh、en）要么都写，要么都不写。"))
    return step


def _matching(row: Table, field: str, pattern: re.Pattern[str], mend: str) -> str:
    text = row.text(field)
    if not pattern.fullmatch(text):
        raise row.refuse(field, mend)
    return text


def _ways(row: Table, kind: StepKind) -> dict[str, str]:
    """Outcome (or value of the fact) -> key, in the order of the vocabulary; complete, and nothing else."""
    ways = row.table("next")
    if kind == StepKind.BRANCH:
        known: tuple[str, ...] = FACT_VALUES[row.word("fact", MatterFact)]
        needed = known
    else:
        known = tuple(str(outcome) for outcome in OUTCOMES[kind])
        needed = tuple(str(outcome) for outcome in OUTCOMES[kind] if must_lead_on(kind, outcome))
    for missing in (way for way in needed if way not in ways):
        raise ways.refuse(missing, _("这个结果没有去处，请写明下一步。"))
    found = {way: ways.text(way) for way in known if way in ways}
    for way in ways.data.keys() - set(known):
        values = {"kind": kind.label, "known": "、".join(known)}
        raise ways.refuse(way, _("“%(kind)s”没有这个结果；可用：%(known)s。") % values)
    return found


def _clause(row: Table) -> Clause:
    clause = Clause(row.text("text"), row.word("mark", Mark))
    row.done()
    return clause


def _clocks(row: Table, key: str) -> Iterator[Clock]:
    """One clock for each step that waits for it: `before` may name several."""
    bound = row.word("bound", Bound)
    waiting = row.texts("before") if bound == Bound.AT_LEAST else (key,)
    if not waiting:
        raise row.refuse("before", _("请写明哪一步要等它走完。"))
    count, unit, clause = row.number("count"), row.word("unit", Unit), _clause(row.table("clause"))
    if bound == Bound.AT_LEAST and unit in HOURS:
        raise row.refuse("unit", _("要等走完的期限按日或者工作日计。"))
    row.done()
    for before in waiting:
        yield Clock(count, unit, bound, before, clause)


def _demand(row: Table) -> Demand:
    demand = Demand(
        row.number("numerator"),
        row.number("denominator"),
        row.number("days"),
        row.word("unit", Unit),
        row.word("escalates_to", Role),
        _clause(row.table("clause")),
    )
    if demand.numerator > demand.denominator:
        raise row.refuse("numerator", _("不能大于 denominator。"))
    row.done()
    return demand


def _stricter(row: Table, key: str) -> Override:
    """Thresholds as `kit.voting` writes them, e.g. quorum = ["present >= 3/4 electors"]. A longer notice
    is a longer clock at the notice."""
    try:
        found = Override(
            source=key,
            quorum=quorum([list(row.texts("quorum"))]) if "quorum" in row else None,
            passing=tuple(threshold(text) for text in row.texts("passing")) if "passing" in row else None,
        )
    except ValueError:
        raise row.refuse(
            "quorum/passing", _("请写成 present >= 2/3 electors 或 for > 1/2 present 这样的门槛。")
        ) from None
    row.done()
    return found
