"""The way of a workbook: uploaded, checked without writing, confirmed by a person, written whole or not at all."""

import gc
import hashlib
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from procrastinate.contrib.django import app

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import posts_of, reach_of
from redhouse.ground.access.reach import everything, use_reach
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.papers import storage
from redhouse.ground.people.fields import sealer
from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.kit.workbook import WorkbookError
from redhouse.work.registry.actions.apply import apply_plan
from redhouse.work.registry.enums import MAX_UPLOAD, ImportKind, ImportState, Mark
from redhouse.work.registry.models import Import
from redhouse.work.registry.queries.files import SEALED_AS, content_of
from redhouse.work.registry.rules import may_keep_any_registry, may_keep_registry
from redhouse.work.registry.rules.outcomes import outcome_of
from redhouse.work.registry.rules.plans import Scope, plan_workbook

CHECK, APPLY = "registry.check_import", "registry.apply_import"
IMPORT_LOCK = 0x5265_6478  # imports are planned and written one after the other
MOVED_ON = gettext_noop("登记在试算之后有了变动，没有写入任何内容：%(why)s。请重新上传，再试算一次")
BROKEN = gettext_noop("导入中出了意外，没有写入任何内容；请稍后再传一次，仍不行请告诉管理员")
NO_RIGHT = gettext_noop("上传人现在没有维护登记的职务，没有写入任何内容")

log = logging.getLogger(__name__)


@transaction.atomic
def upload_workbook(*, kind: ImportKind, content: bytes, file_name: str, by: Person, on: date) -> Import:
    """Keep the file, sealed, and have it checked in the background. Raises PermissionDenied, ValidationError."""
    if not may_keep_any_registry(by, on=on):
        raise PermissionDenied(_("只有本村（社区）或镇的书记、组织干部可以维护党员与组织"))
    if not content:
        raise ValidationError(_("文件是空的；请选好文件再上传"))
    if len(content) > MAX_UPLOAD:
        raise ValidationError(_("文件超过%(limit)s MB；请拆成几个文件分别上传") % {"limit": MAX_UPLOAD >> 20})
    stored = storage.put(sealer().seal_bytes(content, SEALED_AS))
    row = Import.objects.create(
        kind=kind,
        file_name=file_name.replace("\\", "/").rpartition("/")[2][-160:] or "—",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        sealed_sha256=stored.sha256,
        division_code=_home(by, on),
        created_by=by,
    )
    _defer(CHECK, row)
    return row


@transaction.atomic
def confirm_import(*, row: Import, by: Person, on: date) -> Import:
    """Let the good rows in. Raises NotYet where there is nothing to confirm, or it was confirmed before."""
    row = Import.objects.select_for_update().get(pk=row.pk)
    if row.state != ImportState.READY:
        raise NotYet([_("这张表现在是“%(state)s”，不能确认") % {"state": row.get_state_display()}])
    if not row.outcome["counts"][Mark.NEW] + row.outcome["counts"][Mark.CHANGED]:
        raise NotYet([_("这张表没有要新增或变更的行，不用导入")])
    row.state, row.confirmed_by, row.confirmed_at = ImportState.CONFIRMED, by, timezone.now()
    row.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    _defer(APPLY, row)
    return row


@transaction.atomic
def withdraw_import(*, row: Import, by: Person, on: date) -> Import:
    """Let it be; nothing was written. Raises NotYet once it is confirmed."""
    row = Import.objects.select_for_update().get(pk=row.pk)
    if row.state not in (ImportState.WAITING, ImportState.READY):
        raise NotYet([_("这张表现在是“%(state)s”，不能撤回") % {"state": row.get_state_display()}])
    row.state, row.finished_at = ImportState.WITHDRAWN, timezone.now()
    row.save(update_fields=["state", "finished_at"])
    return row


def check_import(import_id: int) -> None:
    """The dry run: read, compare, write nothing but the outcome. Safe to repeat after an interruption."""
    with everything(), _rows_that_stay():
        row = _begin(import_id, (ImportState.WAITING, ImportState.CHECKING), ImportState.CHECKING)
        if row is None:
            return
        try:
            table, _plan = plan_workbook(content_of(row), ImportKind(row.kind), _scope(row.created_by))
        except WorkbookError as error:
            _fail(row, error.template, error.values)
            return
        outcome = outcome_of(table)
        Import.objects.filter(pk=row.pk, state=ImportState.CHECKING).update(state=ImportState.READY, outcome=outcome)


def apply_import(import_id: int) -> None:
    """Plan again and write the good rows, their facts and the outcome in one transaction. An interruption leaves
    nothing, and the job begins anew."""
    with everything(), _rows_that_stay():
        row = _begin(import_id, (ImportState.CONFIRMED, ImportState.IMPORTING), ImportState.IMPORTING)
        if row is None:
            return
        scope = _scope(row.created_by)
        if not scope.prefixes:
            _fail(row, NO_RIGHT, {})
            return
        try:
            _write(row, scope)
        except (NotYet, ValidationError, IntegrityError) as error:
            log.warning("import %s: %s", row.pk, type(error).__name__)
            why = "；".join(error.missing) if isinstance(error, NotYet) else _("与别人刚登记的内容冲突")
            _fail(row, MOVED_ON, {"why": why})


def fail_import(import_id: int) -> None:
    """Say on the page that something broke; for a job that met what nobody foresaw."""
    with everything():
        row = Import.objects.filter(pk=import_id).exclude(state__in=(ImportState.DONE, ImportState.WITHDRAWN)).first()
        if row is not None:
            _fail(row, BROKEN, {})


@transaction.atomic
def _write(row: Import, scope: Scope) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
    locked = Import.objects.select_for_update().get(pk=row.pk)
    if locked.state != ImportState.IMPORTING:
        return
    table, plan = plan_workbook(content_of(row), ImportKind(row.kind), scope)
    with use_reach(scope.prefixes, person_id=row.created_by_id):  # the second wall stands behind the plan
        apply_plan(plan, by=row.created_by_id, on=scope.today)
    Import.objects.filter(pk=row.pk).update(
        state=ImportState.DONE, outcome=outcome_of(table), finished_at=timezone.now()
    )


@transaction.atomic
def _begin(import_id: int, before: tuple[ImportState, ...], now: ImportState) -> Import | None:
    """The row, if it still waits for this; another worker that holds it is let be."""
    row = (
        Import.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("created_by")
        .filter(pk=import_id, state__in=before)
        .first()
    )
    if row is not None:
        row.state = now
        row.save(update_fields=["state"])
    return row


def _fail(row: Import, sentence: str, values: dict[str, object]) -> None:
    counts = Counter({mark.value: 0 for mark in Mark})
    Import.objects.filter(pk=row.pk).update(
        state=ImportState.FAILED,
        outcome={"counts": counts, "failure": [sentence, values]},
        finished_at=timezone.now(),
    )


@contextmanager
def _rows_that_stay() -> Iterator[None]:
    """A long workbook is a million objects that all stay; the collector would look through them again and again, for
    a quarter of the time and nothing found."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _scope(person: Person) -> Scope:
    on = today()
    return Scope(reach_of(person, Verb.KEEP_REGISTRY, on), on, demo=settings.REDHOUSE_DEMO)


def _home(by: Person, on: date) -> str:
    """Where the import belongs: the place of the post that gives the right."""
    codes = (post.body.division_code for post in posts_of(by, on))
    return next(code for code in codes if may_keep_registry(by, code, on=on))


def _defer(task: str, row: Import) -> None:
    """In the same transaction: a row without its job, or a job without its row, cannot be."""
    app.configure_task(task).defer(import_id=row.pk)
