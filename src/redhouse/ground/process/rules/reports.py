"""Who may report and forget, and what a case still needs before its steps close. The database asks the same of
evidence and answers (migration 0032)."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import posts_of
from redhouse.ground.access.reach import everything
from redhouse.ground.access.rules import may
from redhouse.ground.papers.enums import PaperKind
from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import Outcome, ReplyResult, StepKind
from redhouse.ground.process.models import Report, RunStep
from redhouse.ground.process.queries.holders import ADMINISTRATORS
from redhouse.ground.process.queries.reports import bounces, type_of
from redhouse.ground.process.rules.missing import Missing, missing_before

MOST_BOUNCES = 2  # then it is handled or escalated, not sent back once more [I]


def may_report(person: Person | None, on: date) -> bool:
    """Everybody, with or without an account, but not who keeps the house."""
    return not any(post.kind in ADMINISTRATORS for post in posts_of(person, on))


def may_forget_reporter(person: Person, report: Report, *, on: date) -> bool:
    return may(person, Verb.ANSWER_DATA_REQUESTS, report.division_code, on)


@missing_before(StepKind.HANDLE)
def missing_after_bounces(step: RunStep, outcome: str, on: date) -> Iterable[Missing]:
    """A case is not sent to and fro: what was sent back twice is handled, or goes up."""
    if outcome == Outcome.RETURNED and bounces(step.run) >= MOST_BOUNCES:
        yield Missing(
            _("已经退回过%(n)s次，不能再退") % {"n": MOST_BOUNCES}, mend=_("请处置；办不了的写明理由吹哨上报")
        )


@missing_before(StepKind.HANDLE)
def missing_evidence(step: RunStep, outcome: str, on: date) -> Iterable[Missing]:
    """Every case needs one photograph by its procedure; its type may ask for more."""
    if outcome != Outcome.HANDLED:
        return
    kind = type_of(step.run)
    if kind is None or kind.photos_needed < 2:
        return
    with everything():
        filed = step.papers.filter(paper__kind=PaperKind.EVIDENCE).count()
    if filed < kind.photos_needed:
        yield Missing(
            _("“%(type)s”处置后要%(n)s张照片，还差%(short)s张")
            % {"type": _(kind.name), "n": kind.photos_needed, "short": kind.photos_needed - filed},
            mend=_("请在同一位置拍清楚处置后的样子，再办结"),
        )


@missing_before(StepKind.CLOSE)
def missing_reply(step: RunStep, outcome: str, on: date) -> Iterable[Missing]:
    """Closed when the reporter was answered or it was tried; whoever is not content is asked again or told why."""
    if outcome not in (Outcome.CLOSED, Outcome.CLOSED_REGARDLESS):
        return
    last = step.replies.order_by("-pk").first()
    if last is None:
        yield Missing(_("还没有答复上报人"), mend=_("打电话、发短信或上门答复，记下结果；联系不上的也记一次"))
    elif outcome == Outcome.CLOSED and last.result == ReplyResult.NOT_CONTENT:
        yield Missing(_("上报人不认可"), mend=_("请重新办理；确实办不到的，写明理由结案"))
