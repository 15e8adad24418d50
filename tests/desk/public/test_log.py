"""The public log from outside: heads, keys, proofs, and the page that checks what somebody has in hand."""

import json
from datetime import date

import pytest
from django.test import Client

from redhouse.ground.ledger.keys import house_key
from redhouse.ground.ledger.models import Fact, TreeHead
from redhouse.ground.papers.actions import add_paper
from redhouse.ground.papers.enums import MediaType, PaperKind
from redhouse.kit.merkle import verify_consistency, verify_inclusion
from redhouse.kit.record import Head, key_id_of
from redhouse.kit.seal import verify as signature_holds
from tests.cast import XINTIAN, person
from tests.desk.pages import clean
from tests.work.answers.factories import households, log, visit


@pytest.fixture
def grown(filled: str) -> str:
    """A log of several heads."""
    for _ in range(3):
        visit(households()[0])
        log()
    return filled


def test_a_stranger_can_check_every_head_with_the_published_key(grown: str, stranger: Client) -> None:
    heads = [Head.from_json(one) for one in stranger.get("/open/log/heads/").json()["heads"]]
    assert [head.size for head in heads] == list(TreeHead.objects.order_by("size").values_list("size", flat=True))
    pem = stranger.get(f"/open/log/keys/{heads[0].key_id}/").content
    assert key_id_of(pem) == heads[0].key_id
    assert b"PRIVATE" not in pem
    assert all(signature_holds(pem, head.signature, head.statement) for head in heads)
    after = stranger.get("/open/log/heads/", {"after": heads[0].size}).json()["heads"]
    assert [one["size"] for one in after] == [head.size for head in heads[1:]]


def test_heads_stand_on_the_page_with_root_and_key(grown: str, stranger: Client) -> None:
    page = clean(stranger.get("/open/log/"))
    root = bytes(TreeHead.objects.latest().root).hex()
    assert root[:4] + " " + root[4:8] in page
    assert f"/open/log/keys/{house_key().key_id}/" in page
    smallest = TreeHead.objects.order_by("size").values_list("size", flat=True)[0]
    assert "2026年" not in clean(stranger.get("/open/log/", {"before": smallest}))


@pytest.mark.parametrize("key", ["0000000000000000", "log-signing", ".."])
def test_a_key_that_never_signed_is_not_there(filled: str, stranger: Client, key: str) -> None:
    assert stranger.get(f"/open/log/keys/{key}/").status_code == 404


def test_the_log_only_grew(grown: str, stranger: Client) -> None:
    sizes = list(TreeHead.objects.order_by("size").values_list("size", flat=True))
    answer = stranger.get("/open/log/consistency/", {"from": sizes[0], "to": sizes[-1]})
    data = answer.json()
    old, new = Head.from_json(data["from"]), Head.from_json(data["to"])
    path = [bytes.fromhex(node) for node in data["path"]]
    assert verify_consistency(old.size, new.size, path, old.root, new.root)
    assert "max-age=31536000" in answer["Cache-Control"]


@pytest.mark.parametrize("asked", [{}, {"from": "1"}, {"from": "x", "to": "y"}, {"from": "9" * 30, "to": "1"}])
def test_a_proof_between_no_heads_is_refused_in_words(grown: str, stranger: Client, asked: dict[str, str]) -> None:
    answer = stranger.get("/open/log/consistency/", asked)
    assert answer.status_code == 400
    assert "两个已公布的日志头" in answer.json()["error"]


def test_heads_the_wrong_way_round_are_refused(grown: str, stranger: Client) -> None:
    small, *_, large = TreeHead.objects.order_by("size").values_list("size", flat=True)
    assert stranger.get("/open/log/consistency/", {"from": large, "to": small}).status_code == 400


def test_a_receipt_places_its_leaf_under_the_head(grown: str, stranger: Client) -> None:
    fact = Fact.objects.earliest("fact_id")
    data = stranger.get(f"/open/log/fact/{fact.pk}/").json()
    head = Head.from_json(data["head"])
    path = [bytes.fromhex(node) for node in data["path"]]
    assert verify_inclusion(bytes.fromhex(data["leaf"]), data["position"], head.size, path, head.root)


@pytest.mark.parametrize("number", ["0", "999999999", "9" * 40])
def test_a_fact_that_is_not_logged_has_no_receipt(grown: str, stranger: Client, number: str) -> None:
    assert stranger.get(f"/open/log/fact/{number}/").status_code == 404


def test_a_fact_recorded_a_moment_ago_waits_for_its_head(grown: str, stranger: Client) -> None:
    number = visit(households()[0])
    assert stranger.get(f"/open/log/fact/{number}/").status_code == 404


def test_proofs_are_given_in_measure_and_known_ones_freely(grown: str, stranger: Client) -> None:
    facts = list(Fact.objects.order_by("fact_id").values_list("fact_id", flat=True)[:25])
    codes = [stranger.get(f"/open/log/fact/{number}/").status_code for number in facts]
    assert codes == [200] * 20 + [429] * 5
    assert stranger.get(f"/open/log/fact/{facts[0]}/").status_code == 200


def receipt(browser: Client, fact_id: int) -> dict[str, object]:
    found: dict[str, object] = browser.get(f"/open/log/fact/{fact_id}/").json()
    return found


def check(browser: Client, data: object) -> str:
    return clean(browser.post("/open/verify/", {"receipt": data if isinstance(data, str) else json.dumps(data)}))


def test_a_true_receipt_holds_in_four_steps(grown: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    page = check(browser, receipt(browser, Fact.objects.earliest("fact_id").pk))
    assert "回执成立" in page
    assert page.count("相符") == 4


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (lambda data: data | {"leaf": "00" * 32}, 2),
        (lambda data: data | {"position": data["position"] + 1}, 2),
        (lambda data: data | {"path": data["path"][:-1]}, 1),
        (lambda data: data | {"fact_id": data["fact_id"] + 1}, 1),
        (lambda data: data | {"head": data["head"] | {"root": "11" * 32}}, 3),
        (lambda data: data | {"head": data["head"] | {"signature": "22" * 64}}, 1),
        (lambda data: data | {"head": data["head"] | {"signature": "22"}}, 1),
        (lambda data: data | {"head": data["head"] | {"key_id": "unknown"}}, 1),
        (lambda data: data | {"head": data["head"] | {"size": 1}}, 3),
    ],
)
def test_a_changed_receipt_is_found_out(grown: str, stranger: Client, change, wrong: int) -> None:
    page = check(stranger, change(receipt(stranger, Fact.objects.earliest("fact_id").pk)))
    assert "回执不成立" in page
    assert page.count("不符") == wrong


@pytest.mark.parametrize(
    "text",
    ["x", "[]", "{}", "null", "1", '{"fact_id": 1}', "[" * 5000, "{" + " " * 30_000 + "}",
     '{"fact_id": 1e400, "position": 0, "leaf": "", "path": [], "head": {}}',
     '{"fact_id": 1, "position": 0, "leaf": "zz", "path": [], "head": {}}'],
)  # fmt: skip
def test_what_is_no_receipt_is_said_to_be_none(grown: str, stranger: Client, text: str) -> None:
    assert "这不是回执" in check(stranger, text)


@pytest.fixture
def paper(grown: str) -> str:
    """A paper on record; the digest of its bytes."""
    made = add_paper(
        kind=PaperKind.NOTICE,
        title="绝密标题",
        content=b"%PDF-1.7 a notice",
        media_type=MediaType.PDF,
        file_name="绝密文件.pdf",
        division_code=XINTIAN,
        by=person("secretary"),
        on=date(2018, 12, 1),
    )
    log()
    return made.versions.get().sha256


def test_a_document_is_known_by_its_digest_and_its_title_is_not_told(paper: str, stranger: Client) -> None:
    spaced = " ".join(paper.upper()[at : at + 8] for at in range(0, 64, 8))
    page = clean(stranger.get("/open/verify/", {"digest": spaced}))
    assert "逐字节相同" in page
    assert "绝密" not in page
    logged = Fact.objects.get(kind="paper_version_added").pk
    assert f'href="/open/log/fact/{logged}/"' in page


def test_the_root_of_a_head_is_known_too(grown: str, stranger: Client) -> None:
    root = bytes(TreeHead.objects.latest().root).hex()
    assert "日志头的根" in clean(stranger.get("/open/verify/", {"digest": root}))
    assert "一致" in clean(stranger.get("/open/verify/", {"digest": root}))


def test_an_unknown_document_and_a_text_that_is_no_digest_are_told_apart(grown: str, stranger: Client) -> None:
    assert "没有存过这样的文件" in clean(stranger.get("/open/verify/", {"digest": "ab" * 32}))
    assert "这不是摘要" in clean(stranger.get("/open/verify/", {"digest": "<b>"}))
