import json
import random
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redhouse.kit.ballots import new_token, receipt_code
from redhouse.kit.box import CHOICES, Ballot, Box, BoxError, findings, read_box, recount

CAST = st.lists(st.sampled_from(CHOICES), max_size=60)


def box(choices: list[str], **changes: object) -> Box:
    ballots = tuple(Ballot(str(uuid4()), choice) for choice in choices)
    again = recount(ballots)
    fields = {
        "method": "secret",
        "about": {"rule": "V09", "vote_on": "2026-11-18"},
        "counts": {
            "for": again["for"],
            "against": again["against"],
            "abstain": again["abstain"],
            "cast": again["cast"],
        },
        "outcome": "passed",
        "ballots": ballots,
        "receipts": tuple(receipt_code(1, new_token()) for _ in choices),
    }
    return Box(**fields | changes)  # type: ignore[arg-type]


@given(CAST)
def test_the_box_is_read_back_counted_again_and_adds_up(choices: list[str]) -> None:
    put_in = box(choices)
    text = put_in.text()
    back = read_box(text)
    assert findings(back, text) == []
    assert {name: recount(back.ballots)[name] for name in CHOICES} == {n: choices.count(n) for n in CHOICES}
    assert (back.text(), back.digest()) == (text, put_in.digest())
    assert json.loads(text)["ballots"] == sorted([b.id, b.choice] for b in put_in.ballots)


@given(CAST, st.randoms())
def test_the_order_of_casting_leaves_no_trace(choices: list[str], chance: random.Random) -> None:
    first = box(choices)
    ballots, receipts = list(first.ballots), list(first.receipts)
    chance.shuffle(ballots)
    chance.shuffle(receipts)
    assert box(choices, ballots=tuple(ballots), receipts=tuple(receipts), counts=first.counts).text() == first.text()


def test_published_order_is_no_better_than_chance_at_telling_who_came_when() -> None:
    """A hundred boxes of forty ballots: the published neighbour of a ballot is its neighbour in time as rarely as in a
    shuffled pack (78 pairs in 1,560 ordered ones, twice in a box on average)."""
    beside = 0
    for _ in range(100):
        put_in = box(["for"] * 40)
        came = {ballot.id: place for place, ballot in enumerate(put_in.ballots)}
        order = [came[row[0]] for row in json.loads(put_in.text())["ballots"]]
        beside += sum(abs(a - b) == 1 for a, b in pairwise(order))
    assert 120 < beside < 280


def test_areas_are_added_up() -> None:
    ballots = (Ballot("1", "for", 10050), Ballot("2", "against", 9000), Ballot("3", "for", 1))
    assert recount(ballots)["area_for"] == 10051


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda d: d["ballots"].append(d["ballots"][0]), "不止一次"),
        (lambda d: d["receipts"].append(d["receipts"][0]), "不止一次"),
        (lambda d: d["counts"].update({"for": 9}), "逐票数得"),
        (lambda d: d["ballots"][0].__setitem__(1, "maybe"), "不认识"),
        (lambda d: d["receipts"].extend(["A", "B", "C"]), "回执比票多"),
        (lambda d: d.update(method="hands"), "这种表决方式"),
        (lambda d: d["ballots"].reverse(), "规范写法"),
    ],
)
def test_what_was_altered_is_said(change: object, says: str) -> None:
    data = json.loads(box(["for", "against", "for"]).text())
    change(data)  # type: ignore[operator]
    text = json.dumps(data, ensure_ascii=False)
    assert any(says in str(sentence) for sentence in findings(read_box(text), text))


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": "redhouse-box/2"}', '{"format":"redhouse-box/1","method":"secret","about":{},'
     '"counts":{"for":1.5},"outcome":"","ballots":[],"receipts":[]}', "[" * 100_000],
)  # fmt: skip
def test_what_is_no_box_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BoxError, match="票箱"):
        read_box(text)
