"""Everything that a matter did, as rows for its sealed file. People by role and key, never by name."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Q

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.facts import all_kinds
from redhouse.ground.ledger.models import Fact
from redhouse.ground.papers import storage
from redhouse.ground.papers.facts import PAPER_ADDED, PAPER_VERSION_ADDED
from redhouse.ground.papers.models import Paper, PaperVersion
from redhouse.ground.process import facts as process
from redhouse.ground.process.models import RunStep, StepPaper
from redhouse.ground.process.queries import history, procedure_of, step_rule
from redhouse.kit.dossier import Row
from redhouse.kit.record import digest_label
from redhouse.work.decisions import facts
from redhouse.work.decisions.enums import Phase
from redhouse.work.decisions.models import Check, Explanation, Matter, Objection, Opinion, Publicity
from redhouse.work.decisions.queries.money import distribution_of
from redhouse.work.decisions.queries.money_page import lines_of, lists_of

SUFFIX = {
    "application/pdf": "pdf", "application/json": "json", "application/zip": "zip", "image/jpeg": "jpg",
    "image/png": "png", "image/webp": "webp", "text/plain": "txt", "text/csv": "csv",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}  # fmt: skip


def about(matter: Matter) -> dict[str, Any]:
    return {
        "number": matter.number,
        "title": matter.title,
        "host": matter.run.host.name,
        "division_code": matter.division_code,
        "run": matter.run_id,
    }


def papers_of(matter: Matter) -> list[PaperVersion]:
    """Every version of every paper that was filed with a step, or shows the board; in the order of their numbers."""
    filed = Q(paper__steps__step__run=matter.run_id) | Q(paper__publicity__matter=matter)
    shown = Q(paper__in=Paper.objects.filter(pk__in=_photos(matter)))
    rows = PaperVersion.objects.filter(filed | shown).select_related("paper").distinct()
    return list(rows.order_by("paper_id", "version_no"))


def _photos(matter: Matter) -> list[int]:
    sheets = matter.publicities.prefetch_related("postings")
    return [posting.photo_id for sheet in sheets for posting in sheet.postings.all()]


def file_name(version: PaperVersion) -> str:
    return f"papers/{version.paper_id}/{version.version_no}.{SUFFIX.get(version.media_type, 'bin')}"


def files_of(matter: Matter) -> list[tuple[str, Path]]:
    return [(file_name(version), storage.path_of(version.sha256)) for version in papers_of(matter)]


def facts_of(matter: Matter) -> list[Fact]:
    """Every fact about the matter, its run and its papers, in order."""
    of_run = [kind.name for kind in all_kinds() if kind.subject == "run"]
    of_matter = [kind.name for kind in all_kinds() if kind.subject == "matter"]
    papers = {version.paper_id for version in papers_of(matter)}
    mine = (
        Q(kind__in=of_run, subject_id=matter.run_id)
        | Q(kind__in=of_matter, subject_id=matter.pk)
        | Q(kind__in=[PAPER_ADDED, PAPER_VERSION_ADDED], subject_id__in=papers)
    )
    return list(Fact.objects.filter(mine).order_by("fact_id"))


def rows_of(matter: Matter) -> Iterator[Row]:
    """The matter, its procedure, steps, counts, papers, sheets, objections, opinions and checks."""
    said = {(fact.kind, fact.object_id): fact for fact in facts_of(matter)}
    run, version = matter.run, matter.run.version
    yield _row(
        "matter",
        said.get((process.RUN_OPENED, run.host_id)),
        about(matter)
        | {
            "summary": matter.summary,
            "amount_fen": matter.amount,
            "facts": run.facts,
            "proposed_on": matter.proposed_on,
            "proposed_by": matter.proposed_by_id,
        },
    )
    yield _row(
        "procedure",
        None,
        {"code": version.code, "name": procedure_of(version).name, "digest": version.digest, "text": version.text},
    )
    for step in history(run):
        yield _step(step, said.get((process.STEP_CLOSED, step.pk)))
    yield from _tallies(matter, said)
    for paper in papers_of(matter):
        yield _paper(paper, said.get((PAPER_VERSION_ADDED, paper.pk)))
    for sheet in matter.publicities.order_by("pk").prefetch_related("postings"):
        yield from _sheet(sheet, said)
    yield from _money(matter, said)
    yield from _voices(matter, said)


def _step(step: RunStep, fact: Fact | None) -> Row:
    rule = step_rule(step)
    fields = {
        "number": step.number, "key": step.key, "kind": step.kind, "name": rule.name,
        "roles": [str(role) for role in rule.owed_by], "clauses": [clause.text for clause in rule.clauses],
        "opened_on": step.opened_on, "due_on": step.due_on, "outcome": step.outcome, "closed_on": step.closed_on,
        "closed_by": step.closed_by_id, "reason": step.reason,
    }  # fmt: skip
    label = f".{step.key}.{step.outcome}"
    return _row("step", fact, fields, {"label": f"{fact.label.partition('.')[0]}{label}"} if fact else {})


def _tallies(matter: Matter, said: dict[tuple[str, int | None], Fact]) -> Iterator[Row]:
    for step in matter.run.steps.order_by("number"):
        tally = getattr(step, "tally", None)
        if tally is not None:
            fields = {
                "step": step.number, "rule": tally.rule_id, "rule_from_on": tally.rule_from_on,
                "vote_on": tally.vote_on, "counts": tally.counts, "outcome": tally.outcome, "reasons": tally.reasons,
            }  # fmt: skip
            fact = said.get(("tally_recorded", step.pk))
            says = {"label": f"{tally.rule_id}.{tally.outcome}"} if fact else {}
            yield _row("tally", fact, fields, says)


def _money(matter: Matter, said: dict[tuple[str, int | None], Fact]) -> Iterator[Row]:
    """Registers and tables with the parts that hold their lines, holders under codes; and what was paid, by number."""
    parts = {version.paper_id: file_name(version) for version in papers_of(matter)}
    for register in matter.registers.order_by("pk"):
        fields = {
            "basis": register.basis, "scale": register.scale, "as_of": register.as_of, "holders": register.holders,
            "units": register.units, "digest": register.digest, "part": parts[register.paper_id],
            "frozen_on": register.frozen_on, "frozen_by": register.frozen_by_id,
        }  # fmt: skip
        fact = said.get((facts.REGISTER_FROZEN, register.paper_id))
        yield _row("register", fact, fields, {"label": digest_label(register.digest)} if fact else {})
        for table in register.distributions.order_by("pk"):
            fields = {
                "register": register.digest, "total_fen": table.total_fen, "digest": table.digest,
                "part": parts[table.paper_id], "register_part": parts[register.paper_id],
                "proposed_on": table.proposed_on, "proposed_by": table.proposed_by_id,
            }  # fmt: skip
            fact = said.get((facts.DISTRIBUTION_PROPOSED, table.paper_id))
            yield _row("distribution", fact, fields, {"label": digest_label(table.digest)} if fact else {})
    distribution = distribution_of(matter)
    for listed in lists_of(distribution) if distribution else ():
        fields = {
            "list": listed.row.number, "paid_on": listed.row.paid_on, "lines": listed.lines, "fen": listed.fen,
            "part": parts[listed.row.paper_id],
        }  # fmt: skip
        yield _row("payment_list", said.get((facts.PAYMENTS_RECORDED, listed.row.paper_id)), fields)
    if distribution is not None:
        with everything():
            owed = [
                [line.share.number, line.amount_fen, line.reason or ""]
                for line in lines_of(distribution, unpaid_only=True)
            ]
        yield _row("unpaid", None, {"lines": owed})


def _paper(version: PaperVersion, fact: Fact | None) -> Row:
    paper = version.paper
    fields = {
        "steps": sorted(
            StepPaper.objects.filter(paper=paper).values_list("step__number", flat=True)
        ),
        "kind": paper.kind, "title": paper.title, "number": paper.number, "version": version.version_no,
        "media_type": version.media_type, "size": version.size, "sm3": version.sm3,
    }  # fmt: skip
    says = {"label": digest_label(version.sha256)} if fact else {}
    return _row("paper", fact, fields, says, file=file_name(version), sha256=version.sha256)


def _sheet(sheet: Publicity, said: dict[tuple[str, int | None], Fact]) -> Iterator[Row]:
    fields = {
        "code": sheet.code, "kind": sheet.kind, "title": sheet.title, "text": sheet.text, "places": sheet.places,
        "from_on": sheet.from_on, "last_on": sheet.last_on, "amends": sheet.amends.code if sheet.amends else None,
        "is_material": sheet.is_material, "reason": sheet.reason, "log_head": sheet.head_size,
    }  # fmt: skip
    label = "material" if sheet.is_material else "editorial"
    amended = said.get((facts.PUBLICITY_AMENDED, sheet.pk))
    yield _row("publicity", amended, fields, {"label": label} if amended else {})
    for posting in sheet.postings.order_by("phase"):
        kind = facts.PUBLICITY_POSTED if posting.phase == Phase.START else facts.PUBLICITY_ENDED
        shown = {"code": sheet.code, "phase": posting.phase, "seen_on": posting.seen_on, "photo": posting.photo_id}
        fact = said.get((kind, sheet.pk))
        yield _row("posting", fact, shown | {"by": posting.recorded_by_id}, {"label": sheet.kind} if fact else {})


def _voices(matter: Matter, said: dict[tuple[str, int | None], Fact]) -> Iterator[Row]:
    """Objections, opinions, the doors that were explained at, the supervisors' list: what was said, not by whom."""
    with everything():
        objections = list(Objection.objects.filter(matter=matter).order_by("number"))
        opinions = list(Opinion.objects.filter(matter=matter).order_by("pk"))
        doors = Explanation.objects.filter(run_step__run=matter.run_id).count()
    for one in objections:
        fields = {
            "number": one.number, "channel": one.channel, "text": one.text, "raised_on": one.raised_on,
            "due_on": one.due_on, "answer": one.answer, "is_upheld": one.is_upheld, "answered_on": one.answered_on,
            "answered_by": one.answered_by_id,
        }  # fmt: skip
        fact = said.get((facts.OBJECTION_ANSWERED, one.pk))
        yield _row("objection", fact, fields, {"label": "upheld" if one.is_upheld else "explained"} if fact else {})
    for opinion in opinions:
        fields = {
            "channel": opinion.channel, "text": opinion.text, "raised_on": opinion.raised_on,
            "answer": opinion.answer, "is_adopted": opinion.is_adopted, "answered_on": opinion.answered_on,
        }  # fmt: skip
        yield _row("opinion", None, fields)
    yield _row("explained", None, {"households": doors})
    for check in Check.objects.filter(run_step__run=matter.run_id).order_by("pk"):
        fields = {"step": check.run_step_id, "item": check.item, "is_met": check.is_met, "note": check.note}
        yield _row("check", None, fields)


def _row(
    what: str, fact: Fact | None, fields: dict[str, Any], says: dict[str, Any] | None = None, *, file: str = "",
    sha256: str = "",
) -> Row:  # fmt: skip
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}
    if fact is None:
        return Row(what, plain, file=file, sha256=sha256)
    columns = {"kind": fact.kind, "subject_id": fact.subject_id, "object_id": fact.object_id}
    return Row(what, plain, fact.pk, columns | (says or {}), file, sha256)
