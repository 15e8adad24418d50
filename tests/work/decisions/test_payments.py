"""What was paid, by which list, and why not; nothing is paid twice and nothing is forgotten. And the archive of it."""

import json
import zipfile
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from redhouse.ground.access.reach import set_reach
from redhouse.ground.ledger.jobs import sequence_all
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.papers import storage
from redhouse.ground.papers.enums import MediaType
from redhouse.ground.papers.queries import latest_version
from redhouse.ground.process.actions import close_step
from redhouse.ground.process.queries import matures_on, open_step
from redhouse.ground.process.rules import missing_before_closing
from redhouse.kit.dossier import check_bundle
from redhouse.work.decisions import actions
from redhouse.work.decisions.actions.matters import Upload
from redhouse.work.decisions.enums import UnpaidReason
from redhouse.work.decisions.models import Distribution, Matter, MatterArchive, Payment
from redhouse.work.decisions.queries.mine import own_part
from redhouse.work.decisions.queries.money import paid_of
from redhouse.work.decisions.rules.money import missing_payments
from tests.cast import SOCIETY, person
from tests.desk.pages import clean
from tests.ground.process.factories import D1, close, file_evidence, opened
from tests.work.decisions.boards import ended, posted
from tests.work.decisions.money import holders, proposed
from tests.work.decisions.test_money_pages import as_

pytestmark = pytest.mark.usefixtures("town")
RECEIPT = Upload(b"%PDF-1.7 receipt", MediaType.PDF, "回单.pdf")


def executing() -> tuple[Matter, Distribution, date]:
    """A dividend whose table was proposed with its draft, at its execution. The gates between are walked as a run."""
    run = opened(D1)
    matter = Matter.objects.create(
        run=run, number=f"{SOCIETY}-2018-P07-01", title="2018年度股份分红", division_code=SOCIETY, amount=700_01,
        proposed_on=D1, proposed_by=person("director"), summary="可分配700.01元",
    )  # fmt: skip
    table = proposed(matter, D1)
    Matter.objects.filter(pk=matter.pk).update(run=opened(D1))  # the walk asks no gate of a matter
    on = D1
    while (step := open_step(run)) is not None and step.key != "execute":
        on = max(on, matures_on(step) or on)
        file_evidence(step, on)
        close(run, on=on)
    Matter.objects.filter(pk=matter.pk).update(run=run)
    matter.refresh_from_db()
    assert step is not None
    return matter, table, step.opened_on


def keys(table: Distribution) -> dict[str, int]:
    names = {someone.pk: name for name, someone in holders().items()}
    return {names[line.person_id]: line.pk for line in table.lines.all()}


def said(matter: Matter, on: date) -> list[str]:
    step = open_step(matter.run)
    assert step is not None
    return [str(missing) for missing in missing_payments(step, "executed", on)]


def test_from_the_first_list_to_the_archive() -> None:
    matter, table, on = executing()
    line = keys(table)
    pay = {"matter": matter, "evidence": RECEIPT, "by": person("director"), "on": on, "paid_on": on}
    assert said(matter, on) == ["还有3笔没有发放，也没有写明原因"]
    with pytest.raises(PermissionDenied):
        actions.record_payment(**pay | {"number": "1", "by": person("watch")})
    with pytest.raises(NotYet, match="发放日不能更早"):
        actions.record_payment(**pay | {"number": "1", "paid_on": on - timedelta(days=1)})
    with pytest.raises(ValidationError, match="不能晚于今天"):
        actions.record_payment(**pay | {"number": "1", "paid_on": on + timedelta(days=1)})
    with pytest.raises(ValidationError, match="不能为空"):
        actions.record_payment(**pay | {"number": " "})
    assert not Payment.objects.exists(), "a refused list leaves nothing"

    actions.record_payment(**pay | {"number": "2018-1", "lines": [line["member"]]})
    with pytest.raises(NotYet, match="已经发放"):
        actions.record_payment(**pay | {"number": "2018-2", "lines": [line["member"], line["head1"]]})
    with pytest.raises(ValidationError, match="登记过"):
        actions.record_payment(**pay | {"number": "2018-1"})
    note = {"matter": matter, "by": person("director"), "on": on}
    with pytest.raises(NotYet, match="不是这种情况"):
        actions.note_unpaid(**note, lines=[line["member"]], reason=UnpaidReason.HEIRS)
    with pytest.raises(NotYet, match="不是这种情况"):
        actions.note_unpaid(**note, lines=[line["head1"]], reason=UnpaidReason.BOUNCED)
    assert actions.note_unpaid(**note, lines=[line["head1"]], reason=UnpaidReason.HEIRS) == 1
    assert said(matter, on) == ["还有1笔没有发放，也没有写明原因"]
    assert actions.record_payment(**pay | {"number": "2018-2"}).payments.count() == 1, "who is excused is not paid"
    assert said(matter, on) == []

    actions.note_unpaid(**note, lines=[line["head2"]], reason=UnpaidReason.BOUNCED)
    paid = paid_of(table)
    assert (paid.lines, paid.paid, paid.excused, paid.waiting) == (3, 1, 2, 0)
    again = actions.record_payment(**pay | {"number": "2018-3", "lines": [line["head2"]]})
    assert again.payments.get().attempt == 2
    mine = own_part(person("member"), matter)
    assert mine is not None
    assert (mine.amount, mine.paid_on, mine.payment.payment_list.number) == (300_01, on, "2018-1")  # type: ignore[union-attr]

    at = f"/decisions/{matter.pk}/money/"
    page = clean(as_("director").get(at))
    assert "已发放2／3笔，500.01／700.01元；1笔未发放，已写明原因" in page
    assert "全部登记为已发放" not in page, "nothing waits"
    lines = clean(as_("director").get(f"{at}lines/"))
    assert "持有人已故" in lines
    assert f'formaction="{at}unpaid/"' in lines
    assert f'formaction="{at}unpaid/"' not in clean(as_("watch").get(f"{at}lines/?unpaid=1"))
    assert "清单2018-1" in clean(as_("member").get(at))
    public = Client().get(f"/open/matters/{matter.pk}/").content.decode()
    assert "2／3笔" in public
    set_reach("*")

    file_evidence(open_step(matter.run), on)
    assert [str(m) for m in missing_before_closing(open_step(matter.run), "executed", on)] == []
    close_step(step=open_step(matter.run), outcome="executed", by=person("director"), on=on)
    with pytest.raises(PermissionDenied):
        actions.record_payment(**pay | {"number": "2018-4"})
    row = posted(matter, on)
    end = on + timedelta(days=16)
    ended(row, end)
    actions.archive_matter(matter=matter, by=person("director"), on=end)
    sequence_all()
    archive = MatterArchive.objects.get(matter=matter)
    version = latest_version(actions.seal_bundle(archive=archive, on=end))
    path = storage.path_of(version.sha256)  # type: ignore[union-attr]
    assert check_bundle(path).finding is None
    with zipfile.ZipFile(path) as bundle:
        text = bundle.read("dossier.json").decode()
    rows = json.loads(text)["rows"]
    money = {row["what"]: row["row"] for row in rows if row["what"] in {"register", "distribution", "unpaid"}}
    assert money["register"]["digest"] == table.register.digest
    assert money["distribution"]["total_fen"] == 700_01
    assert money["unpaid"]["lines"] == [[2, 200_00, "heirs"]]
    assert [row["row"]["fen"] for row in rows if row["what"] == "payment_list"] == [300_01, 0, 200_00]
    assert all(someone.name not in text for someone in holders().values())
