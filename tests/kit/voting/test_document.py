"""The manual's table of rules is that of the data."""

from pathlib import Path

from redhouse.kit.voting import Clause, Rule, every_version

MANUAL = Path(__file__).resolve().parents[3] / "docs" / "voting.md"
HEAD = "| rule | body | from | until | notice | quorum | carries when | text |"


def where(clause: Clause | None) -> str:
    """`law article.paragraph`, or the mark of a number of our own."""
    if clause is None:
        return ""
    return f"{clause.law} {clause.place}" if clause.is_law else f"[{clause.mark}]"


def row(rule: Rule) -> str:
    mode = f" ({rule.mode})" if rule.mode else ""
    notice = "" if rule.notice_days is None else f"{rule.notice_days} days"
    quorum = " *or* ".join(" and ".join(map(str, way)) for way in rule.quorum)
    texts = dict.fromkeys(where(rule.clause(part)) for part in ("notice", "quorum", "passing"))
    cells = (
        rule.id, f"`{rule.body}`{mode}", rule.from_on, rule.until_on or "", notice, quorum,
        " and ".join(map(str, rule.passing)), ", ".join(filter(None, texts)),
    )  # fmt: skip
    return "| " + " | ".join(map(str, cells)) + " |"


def test_the_table_of_the_manual_is_that_of_the_data() -> None:
    wanted = [row(rule) for rule in every_version()]
    text = MANUAL.read_text(encoding="utf-8")
    found = [line for line in text[text.index(HEAD) :].splitlines()[2:] if line.startswith("| V")]
    assert found == wanted, "write these rows into docs/voting.md:\n" + "\n".join(wanted)
