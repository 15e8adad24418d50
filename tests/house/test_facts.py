"""Every kind of fact can be said, and every kind that a figure counts is one that somebody records."""

import re
import string

import pytest
from django.utils import translation

from redhouse.ground.ledger.facts import FactKind, all_kinds
from tests.house.own import PACKAGE

KINDS = all_kinds()
SLOTS = {"actor": "户常访", "subject": "第一户", "object": "新田", "quantity": 3, "label": "入户"}
NOUNS = {
    "", "person", "household", "body", "venue", "division", "space", "occasion", "paper", "paper_version", "sheet",
    "notice",
    "procedure_version", "run", "run_step", "matter",
    "publicity", "objection",
}  # fmt: skip
FIGURES = sorted((PACKAGE / "work/answers/figures").glob("*.sql"))


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_kind_has_a_sentence_that_formats(kind: FactKind) -> None:
    for language in ("zh-hans", "en"):
        with translation.override(language):
            sentence = str(kind.sentence)
        used = {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}
        assert used <= set(SLOTS), f"{kind.name}: a sentence knows {sorted(SLOTS)}"
        assert sentence.format(**SLOTS)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_sentence_speaks_only_of_what_the_fact_points_at(kind: FactKind) -> None:
    used = {name for _, name, _, _ in string.Formatter().parse(str(kind.sentence))}
    assert {noun for noun in ("subject", "object") if noun in used and not getattr(kind, noun)} == set(), kind.name
    assert {kind.subject, kind.object} <= NOUNS, f"{kind.name}: the page cannot name this noun"


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_kind_is_named_as_what_happened(kind: FactKind) -> None:
    past = {"left", "taken", "frozen", "known", "given", "held", "stated", "withdrawn"}
    words = kind.name.split("_")
    assert any(word.endswith("ed") or word in past for word in words), f"{kind.name}: past tense, as in visit_recorded"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.labels], ids=str)
def test_labels_are_codes_that_the_ledger_takes(kind: FactKind) -> None:
    assert len(set(kind.labels)) == len(kind.labels)
    assert all(re.fullmatch(r"[a-zA-Z0-9_.:-]{1,60}", label) for label in kind.labels), kind.labels


def counted(sql: str) -> set[str]:
    """The kinds that a figure names: `kind = '…'` and `kind IN ('…', …)` on facts."""
    code = re.sub(r"--.*", "", sql)
    lists = re.findall(
        r"\b(?:f|fact|facts|c|v)?\.?kind\s*(?:=\s*('[^']*')|IN\s*\(([^)]*)\))", code, flags=re.IGNORECASE
    )
    return {name for one, many in lists for name in re.findall(r"'([^']*)'", one or many)}


def test_the_reader_of_figures_reads() -> None:
    sql = "SELECT 1 FROM fact f WHERE f.kind = 'a_b' OR kind IN ('c', 'd') -- kind = 'e'"
    assert counted(sql) == {"a_b", "c", "d"}


def test_every_kind_that_a_figure_counts_is_declared() -> None:
    from redhouse.ground.bodies.enums import BodyKind
    from redhouse.ground.places.enums import DivisionKind, SpaceKind, VenueKind

    assert FIGURES, "the answer sheet has no figures"
    rows = {str(value) for enum in (BodyKind, DivisionKind, SpaceKind, VenueKind) for value in enum}
    known = {kind.name for kind in KINDS} | rows
    unknown = {path.name: sorted(counted(path.read_text(encoding="utf-8")) - known) for path in FIGURES}
    assert {name: kinds for name, kinds in unknown.items() if kinds} == {}, "declare the kind in its room's facts.py"
    assert "visit_recorded" in set().union(*(counted(path.read_text(encoding="utf-8")) for path in FIGURES))
