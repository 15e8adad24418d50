import pytest
from django.db import DatabaseError, IntegrityError, connections

from redhouse.ground.papers.enums import MAX_BYTES
from redhouse.ground.papers.models import Paper, PaperVersion
from tests.ground.papers.conftest import XINTIAN


def version(paper, **changes):
    given = {
        "paper": paper, "version_no": 2, "sha256": "0" * 64, "sm3": "0" * 64, "size": 1, "media_type": "text/plain",
        "file_name": "a.txt", "created_by": paper.created_by,
    }  # fmt: skip
    return PaperVersion(**given | changes)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("paper_version_once", {"version_no": 1}),
        ("paper_version_counts_from_one", {"version_no": 0}),
        ("paper_version_digests_are_hexadecimal", {"sha256": "A" * 64}),
        ("paper_version_digests_are_hexadecimal", {"sm3": "0" * 63}),
        ("paper_version_is_not_empty_nor_huge", {"size": 0}),
        ("paper_version_is_not_empty_nor_huge", {"size": MAX_BYTES + 1}),
        ("paper_version_media_type_is_allowed", {"media_type": "image/svg+xml"}),
        ("paper_version_file_name_has_no_path", {"file_name": ""}),
        ("paper_version_file_name_has_no_path", {"file_name": "a\\b"}),
        ("paper_version_file_name_has_no_path", {"file_name": "a\nb"}),
    ],
)
def test_version_constraint_holds(add_paper, constraint, changes):
    with pytest.raises(IntegrityError, match=constraint):
        version(add_paper(), **changes).save()


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [("paper_has_a_title", {"title": ""}), ("paper_number_once_in_a_division", {"number": "新委〔2018〕1号"})],
)
def test_paper_constraint_holds(add_paper, clerk, constraint, changes):
    add_paper(number="新委〔2018〕1号")
    given = {"kind": "notice", "title": "通知", "division_code": XINTIAN, "created_by": clerk}
    with pytest.raises(IntegrityError, match=constraint):
        Paper.objects.create(**given | changes)


def test_two_papers_may_have_no_number(add_paper):
    add_paper()
    add_paper()
    assert Paper.objects.filter(number="").count() == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE papers_paperversion SET file_name = 'b'",
        "DELETE FROM papers_paperversion",
        "TRUNCATE papers_paperversion",
    ],
)
@pytest.mark.parametrize("alias", ["default", "owner"])
def test_a_version_is_never_changed_by_anybody(add_paper, alias, statement):
    add_paper()
    with pytest.raises(DatabaseError), connections[alias].cursor() as cursor:
        cursor.execute(statement)
    assert PaperVersion.objects.get().file_name == "纪要.pdf"
