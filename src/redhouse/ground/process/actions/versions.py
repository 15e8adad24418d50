"""Adopt versions of procedures. Each is proved before it is written."""

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet, require
from redhouse.ground.people.models import Person
from redhouse.ground.places.enums import DivisionKind
from redhouse.ground.places.models import Division
from redhouse.ground.process import facts
from redhouse.ground.process.enums import Origin
from redhouse.ground.process.models import ProcedureVersion
from redhouse.ground.process.procedure import Procedure, ProcedureError, digest_of, read_procedure
from redhouse.ground.process.procedure.edits import weaker_than
from redhouse.ground.process.procedure.flat import flat_steps, flat_ways
from redhouse.ground.process.procedure.proofs import first_refusal
from redhouse.ground.process.queries.versions import law_in_force, procedure_of
from redhouse.ground.process.rules.rights import missing_for_adoption
from redhouse.kit.divisions import town_of


@transaction.atomic
def adopt_version(
    *, text: str, origin: str, author: Person | None, approver: Person | None, reason: str, on: date
) -> ProcedureVersion:
    """Prove and keep one version; the same text again is the version that is there.

    Raises ProcedureError with a witness where it is no procedure or not safe, NotYet, ValidationError.
    """
    procedure = read_procedure(text)
    known: ProcedureVersion | None = ProcedureVersion.objects.filter(digest=procedure.digest).first()
    if known is not None:
        return known
    refusal = first_refusal(procedure)
    if refusal is not None:
        raise ProcedureError(refusal.told(procedure))
    law = _law_under(procedure) if origin == Origin.TOWN else None
    if origin == Origin.TOWN:
        require(missing_for_adoption(author, approver, on))
    version = ProcedureVersion(
        code=procedure.code,
        origin=origin,
        division_code=town_of(author.division_code) if author is not None else "",
        based_on=law,
        digest=procedure.digest,
        text=text,
        steps=flat_steps(procedure),
        ways=flat_ways(procedure),
        author=author,
        approver=approver,
        reason=reason,
        adopted_on=on,
        from_on=procedure.from_on,
        until_on=procedure.until_on,
    )
    version.full_clean()
    version.save()
    digest = urlsafe_b64encode(bytes.fromhex(version.digest)).rstrip(b"=").decode()
    ledger.record(
        facts.VERSION_ADOPTED,
        happened_on=on,
        division_code=version.division_code or _town(),
        by=approver.pk if approver else None,
        actor=author.pk if author else None,
        subject=version.pk,
        label=f"{version.code}.{origin}.{digest}",
    )
    return version


@transaction.atomic
def adopt_versions(texts: Iterable[str], *, on: date) -> list[ProcedureVersion]:
    """Bring the versions of the law up to date, in order; those that are there stay. Returns the new ones.

    An empty house has no town that could apply them: then nothing is done, and the next start does it. Each start of
    the house comes by here, so only what is new is read at all.
    """
    if not Division.objects.filter(kind=DivisionKind.TOWN).exists():
        return []
    by_digest = {digest_of(text): text for text in texts}
    known = set(ProcedureVersion.objects.filter(digest__in=by_digest).values_list("digest", flat=True))
    return [
        adopt_version(text=text, origin=Origin.LAW, author=None, approver=None, reason=_("法定版本"), on=on)
        for digest, text in by_digest.items()
        if digest not in known
    ]


def _law_under(procedure: Procedure) -> ProcedureVersion:
    """The version of the law that a town's version adds to. Raises NotYet where it is weaker, with the clause."""
    law = law_in_force(procedure.code, procedure.from_on)
    if law is None:
        raise NotYet([_("%(code)s 在%(day)s没有法定版本可依") % {"code": procedure.code, "day": procedure.from_on}])
    require(weaker_than(procedure_of(law), procedure))
    return law


def _town() -> str:
    """Where the house keeps its facts about everybody."""
    town: Division | None = Division.objects.filter(kind=DivisionKind.TOWN).order_by("code").first()
    if town is None:
        raise NotYet([_("还没有登记镇，先登记区划再采用程序")])
    return str(town.code)
