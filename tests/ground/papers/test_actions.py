import hashlib
from base64 import urlsafe_b64decode

import pytest
from django.core.exceptions import ValidationError

from redhouse.ground.ledger.models import Fact
from redhouse.ground.papers import actions, storage
from redhouse.ground.papers.enums import MediaType
from redhouse.ground.papers.models import Paper, PaperVersion
from tests.ground.papers.conftest import DAY, XINTIAN


def test_add_paper_stores_the_bytes_and_records_two_facts(add_paper, clerk, branch):
    paper = add_paper(body=branch, number="新委〔2018〕1号")
    version = paper.versions.get()
    with storage.open_file(version.sha256) as file:
        assert file.read() == b"%PDF-1.7 minutes"
    assert (version.version_no, version.size, version.created_by) == (1, 16, clerk)
    facts = Fact.objects.order_by("fact_id").values_list(
        "kind", "subject_id", "object_id", "division_code", "happened_on"
    )
    assert list(facts) == [
        ("paper_added", paper.pk, branch.pk, XINTIAN, DAY),
        ("paper_version_added", paper.pk, version.pk, XINTIAN, DAY),
    ]


def test_fact_of_a_version_carries_the_digest_of_its_bytes(add_paper):
    add_paper()
    label = Fact.objects.get(kind="paper_version_added").label
    assert urlsafe_b64decode(label + "=") == hashlib.sha256(b"%PDF-1.7 minutes").digest()


def test_add_version_counts_on(add_paper, clerk):
    paper = add_paper()
    second = actions.add_version(
        paper=paper, content=b"%PDF-1.7 mended", media_type=MediaType.PDF, file_name="纪要.pdf", by=clerk, on=DAY
    )
    assert second.version_no == 2
    assert Fact.objects.filter(kind="paper_version_added").count() == 2


def test_add_version_of_the_same_bytes_changes_nothing(add_paper, clerk):
    paper = add_paper()
    again = actions.add_version(
        paper=paper, content=b"%PDF-1.7 minutes", media_type=MediaType.PDF, file_name="纪要.pdf", by=clerk, on=DAY
    )
    assert again == paper.versions.get()
    assert Fact.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"content": b""}, "文件是空的"),
        ({"media_type": "text/html"}, "不收这种格式的文件"),
        ({"file_name": "../纪要.pdf"}, "不能含有斜线"),
        ({"title": ""}, "title.*不能为空"),
        ({"kind": "novel"}, "novel"),
    ],
)
def test_add_paper_refuses_with_a_sentence_and_leaves_no_row(add_paper, changes, sentence):
    with pytest.raises(ValidationError, match=sentence):
        add_paper(**changes)
    assert (Paper.objects.count(), PaperVersion.objects.count(), Fact.objects.count()) == (0, 0, 0)


def test_add_paper_refuses_a_number_used_before(add_paper):
    add_paper(number="新委〔2018〕1号")
    with pytest.raises(ValidationError, match="这个发文字号已经用过"):
        add_paper(number="新委〔2018〕1号")
    assert Paper.objects.count() == 1
