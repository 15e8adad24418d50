"""Put sheets up, bring the evidence, amend them. `on` is an Asia/Shanghai day."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.queries import latest_head
from redhouse.ground.ledger.rules import NotYet, require
from redhouse.ground.papers import actions as papers
from redhouse.ground.papers.enums import MediaType, PaperKind
from redhouse.ground.papers.models import Paper
from redhouse.ground.papers.official.layout import document_number
from redhouse.ground.papers.official.pdf import to_pdf
from redhouse.ground.people.models import Person
from redhouse.ground.process import actions as process
from redhouse.ground.process.enums import Outcome
from redhouse.ground.process.models import Run, RunStep
from redhouse.ground.process.queries import ends_on, open_step
from redhouse.work.decisions import facts
from redhouse.work.decisions.actions.matters import Upload
from redhouse.work.decisions.enums import PHOTO_TYPES, PUBLICITY_OF, Phase
from redhouse.work.decisions.models import Matter, Posting, Publicity
from redhouse.work.decisions.queries.disclosure import clock_of, current_sheet, kind_of, sheets_of_step
from redhouse.work.decisions.queries.posters import code_of, official
from redhouse.work.decisions.rules import may_post
from redhouse.work.decisions.rules.openness import missing_for_photo

MAKERS = gettext_lazy("公示稿由欠这一步的人，或村、社的负责人制作和张贴")


@transaction.atomic
def prepare_publicity(
    *, matter: Matter, title: str, text: str, places: str, site: str, by: Person, on: date, number: str = "",
    from_on: date | None = None,
) -> Publicity:  # fmt: skip
    """Print a sheet for the open step; it hangs from `from_on` (default `on`). `site` begins the address in its code,
    e.g. https://host.

    Raises PermissionDenied, NotYet where the step has its sheet already, ValidationError, MissingCharacters.
    """
    step = _open_step(matter)
    _ask(may_post(by, matter, on=on), MAKERS)
    if step.kind in PUBLICITY_OF and current_sheet(step) is not None:
        raise NotYet([_("这一步已有公示稿：有错请更正，不另拟一张")])
    row = Publicity(matter=matter, run_step=step, kind=kind_of(step), title=title.strip(), text=text.strip())
    return _print(row, places=places, site=site, number=number, from_on=from_on or on, by=by, on=on)


@transaction.atomic
def amend_publicity(
    *, publicity: Publicity, text: str, reason: str, is_material: bool, site: str, by: Person, on: date,
    from_on: date | None = None,
) -> Publicity:  # fmt: skip
    """A sheet that takes the place of `publicity`, both stay visible. Material: its period counts anew.

    Raises PermissionDenied, NotYet where another sheet amends it or it hung to its end, ValidationError.
    """
    matter = publicity.matter
    _lock(matter)
    _ask(may_post(by, matter, on=on), MAKERS)
    old = next(sheet for sheet in sheets_of_step(publicity.run_step) if sheet.publicity.pk == publicity.pk)
    if old.amended or old.end is not None:
        raise NotYet([_("这张公示稿已经更正过，或者已经期满")])
    if not reason.strip():
        raise ValidationError({"reason": _("更正要写明改了什么、为什么")})
    row = Publicity(
        matter=matter,
        run_step=publicity.run_step,
        kind=publicity.kind,
        amends=publicity,
        is_material=is_material,
        reason=reason.strip(),
        title=publicity.title,
        text=text.strip(),
    )
    begin = from_on or on
    last_on = None if is_material or old.since is None else old.last_on
    row = _print(row, places=publicity.places, site=site, number="", from_on=begin, by=by, on=on, last_on=last_on)
    _record(facts.PUBLICITY_AMENDED, row, by, on, "material" if is_material else "editorial")
    return row


@transaction.atomic
def post_publicity(*, publicity: Publicity, photo: Upload, seen_on: date, by: Person, on: date) -> Posting:
    """Evidence that the sheet hangs: the period begins, and an open publicity step closes with it.

    Raises PermissionDenied, NotYet, ValidationError.
    """
    posting = _photograph(publicity, Phase.START, photo, seen_on, by, on)
    _record(facts.PUBLICITY_POSTED, publicity, by, on, publicity.kind)
    step = open_step(publicity.matter.run)
    if step is not None and step.pk == publicity.run_step_id and step.kind in PUBLICITY_OF:
        process.close_step(step=step, outcome=Outcome.POSTED, by=by, on=on)
    return posting


@transaction.atomic
def end_publicity(*, publicity: Publicity, photo: Upload, seen_on: date, by: Person, on: date) -> Posting:
    """Evidence that the sheet hung to the end of its period. Raises PermissionDenied, NotYet, ValidationError."""
    posting = _photograph(publicity, Phase.END, photo, seen_on, by, on)
    _record(facts.PUBLICITY_ENDED, publicity, by, on, publicity.kind)
    return posting


def _print(
    row: Publicity, *, places: str, site: str, number: str, from_on: date, by: Person, on: date,
    last_on: date | None = None,
) -> Publicity:  # fmt: skip
    """Work out what the sheet says, print it, keep it. The period's last day follows from the clock."""
    clock, head = clock_of(row.run_step, from_on), latest_head()
    row.places, row.from_on, row.made_on, row.made_by = places.strip(), from_on, on, by
    row.last_on = last_on or ends_on(clock, from_on)
    row.head_size, row.head_root = (head.size, bytes(head.root).hex()) if head else (None, "")
    number = number.strip() or next_number(row.matter, on)
    row.code = code_of(
        title=row.title, text=row.text, number=number, places=row.places,
        days=[str(day) for day in (from_on, row.last_on, on)], head=f"{row.matter_id}:{row.head_size}:{row.head_root}",
    )  # fmt: skip
    row.full_clean(exclude=["matter", "run_step", "paper", "amends", "made_by"])
    paper = Paper(title=row.title.replace("\n", "")[:160], number=number)
    row.paper = paper  # so that the document can say the number; the kept paper takes its place
    content = to_pdf(official(row, clock, f"{site}/open/posters/{row.code}/"))
    row.paper = papers.add_paper(
        kind=PaperKind.PUBLICITY,
        title=paper.title,
        number=number,
        content=content,
        media_type=MediaType.PDF,
        file_name=f"{paper.title[:80]}.pdf",
        division_code=row.matter.division_code,
        body=row.matter.run.host,
        by=by,
        on=on,
    )
    row.save()
    if row.run_step.outcome == "":
        process.file_paper(step=row.run_step, paper=row.paper, by=by, on=on)
    return row


def next_number(matter: Matter, on: date) -> str:
    """The next number of the body's sheets in that year, e.g. 新田第一经济社公〔2026〕7号; two at once meet at the
    unique number, and one is told to try again."""
    office = f"{matter.run.host.name}公"[-24:]
    used = Paper.objects.filter(kind=PaperKind.PUBLICITY, body=matter.run.host, number__contains=f"〔{on.year}〕")
    return document_number(office, on.year, used.count() + 1)


def _photograph(publicity: Publicity, phase: Phase, photo: Upload, seen_on: date, by: Person, on: date) -> Posting:
    matter = publicity.matter
    _lock(matter)
    _ask(may_post(by, matter, on=on), MAKERS)
    sheet = next(one for one in sheets_of_step(publicity.run_step) if one.publicity.pk == publicity.pk)
    require(missing_for_photo(sheet, phase, seen_on))
    if photo.media_type not in PHOTO_TYPES:
        raise ValidationError({"photo": _("照片要用 JPEG、PNG 或 WebP")})
    row = Posting(publicity=publicity, phase=phase, seen_on=seen_on, recorded_on=on, recorded_by=by)
    row.full_clean(exclude=["photo", "recorded_by"])
    row.photo = papers.add_paper(
        kind=PaperKind.EVIDENCE,
        title=_("公开栏照片（%(phase)s）：%(title)s") % {"phase": phase.label, "title": publicity.paper.title[:120]},
        content=photo.content,
        media_type=photo.media_type,
        file_name=photo.file_name,
        division_code=matter.division_code,
        body=matter.run.host,
        by=by,
        on=on,
    )
    row.save()
    if publicity.run_step.outcome == "":
        process.file_paper(step=publicity.run_step, paper=row.photo, by=by, on=on)
    return row


def _open_step(matter: Matter) -> RunStep:
    step = open_step(_lock(matter))
    if step is None:
        raise NotYet([_("这件事项已经办结")])
    return step


def _lock(matter: Matter) -> Run:
    return Run.objects.select_for_update(of=("self",)).select_related("version", "host").get(pk=matter.run_id)


def _ask(allowed: bool, who: str | Promise) -> None:
    if not allowed:
        raise PermissionDenied(str(who))


def _record(kind: str, publicity: Publicity, by: Person, on: date, label: str) -> None:
    ledger.record(
        kind,
        happened_on=on,
        division_code=publicity.matter.division_code,
        by=by.pk,
        subject=publicity.matter.run_id,
        object=publicity.pk,
        label=label,
    )
