"""Sheets on the board with their evidence, objections with their answers, the archive."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.web.verbs import Doing, Done, verb
from redhouse.work.decisions import actions, queries, rules
from redhouse.work.decisions.enums import Phase
from redhouse.work.decisions.forms import (
    AmendSheetForm,
    AnswerObjectionForm,
    ObjectionForm,
    PaperObjectionForm,
    PhasePhotoForm,
    SheetForm,
)
from redhouse.work.decisions.models import Matter, Objection, Publicity
from redhouse.work.decisions.queries.openness import matter_of_village, objection_for, publicity_for
from redhouse.work.decisions.verbs.matters import MATTER

SHEET = f"{MATTER}/sheets/{{publicity_id}}"


@verb(gettext_lazy("拟公示稿"), f"{MATTER}/sheets", queries.matter_for, SheetForm)
def post_sheet(matter: Matter, do: Doing) -> Done:
    row = actions.prepare_publicity(matter=matter, **do.said, site=do.site, by=do.by, on=do.on)
    return Done(_("公示稿已制作：请打印、张贴，拍照存证。"), {"sheet": row.pk, "code": row.code})


def _amendable(person: Person, matter_id: int, publicity_id: int) -> Publicity | None:
    found = publicity_for(person, matter_id, publicity_id)
    if found is not None and not rules.may_post(person, found.matter, on=today()):
        raise Http404
    return found


@verb(gettext_lazy("更正公示稿"), f"{SHEET}/amend", _amendable, AmendSheetForm)
def amend_sheet(publicity: Publicity, do: Doing) -> Done:
    row = actions.amend_publicity(publicity=publicity, **do.said, site=do.site, by=do.by, on=do.on)
    return Done(_("更正稿已制作：请打印、张贴，拍照存证。"), {"sheet": row.pk, "code": row.code})


@verb(gettext_lazy("存公开栏照片"), f"{SHEET}/photo", publicity_for, PhasePhotoForm)
def photograph(publicity: Publicity, do: Doing) -> str:
    """Evidence from the board, at the start or the end of the period."""
    said = do.said
    given: dict[str, Any] = {"publicity": publicity, "photo": said["photo"], "seen_on": said["seen_on"]}
    if said["phase"] == Phase.END:
        actions.end_publicity(**given, by=do.by, on=do.on)
        return _("期满照片已存。")
    actions.post_publicity(**given, by=do.by, on=do.on)
    return _("张贴照片已存，公示期开始计算。")


@verb(gettext_lazy("提出异议"), f"{MATTER}/object", matter_of_village, ObjectionForm)
def object_to(matter: Matter, do: Doing) -> Done:
    return _received(actions.raise_objection(matter=matter, text=do.said["text"], by=do.by, on=do.on))


@verb(gettext_lazy("代填书面异议"), f"{MATTER}/objections", queries.matter_for, PaperObjectionForm)
def key_in_objection(matter: Matter, do: Doing) -> Done:
    """What came on paper."""
    said = do.said
    return _received(actions.key_in_objection(matter=matter, text=said["text"], name=said["name"], by=do.by, on=do.on))


def _received(row: Objection) -> Done:
    said = _("异议已收到，第%(number)s件，%(due)s前答复。") % {"number": row.number, "due": row.due_on}
    return Done(said, {"number": row.number})


@verb(gettext_lazy("答复异议"), f"{MATTER}/objections/{{number}}/answer", objection_for, AnswerObjectionForm)
def answer_objection(objection: Objection, do: Doing) -> str:
    actions.answer_objection(objection=objection, **do.said, by=do.by, on=do.on)
    return _("已答复。")


@verb(gettext_lazy("封存档案"), f"{MATTER}/archive", queries.matter_for)
def archive(matter: Matter, do: Doing) -> str:
    """Seal the archive; the last step closes with it."""
    actions.archive_matter(matter=matter, by=do.by, on=do.on)
    return _("档案已封存，公开日志签名后生成档案包。")
