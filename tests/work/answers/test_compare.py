"""Two days or two divisions side by side, the difference in words."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from redhouse.ground.access.models import Account
from redhouse.work.answers.definitions import as_answer, load_figures
from redhouse.work.answers.views.compare import in_words
from tests.cast import HAIZHOU, TOWN, XINTIAN
from tests.work.answers.factories import AS_OF, fill_town


def page(who: str, code: str, **asked: str) -> str:
    client = Client()
    client.force_login(Account.objects.get(username=who))
    given = {"as_of": "2018-12-14"} | asked
    return client.get(reverse("answers:compare", kwargs={"code": code}), given).content.decode()


def line(text: str, name: str) -> list[str]:
    row = next(row for row in text.split("<tr>") if f"<td>{name}</td>" in row)
    return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)]


def test_two_villages_and_two_days(town: str) -> None:
    fill_town()
    villages = page("org", XINTIAN, **{"with": HAIZHOU})
    assert line(villages, "联系群众") == ["联系群众", "4", "0", "少4人次"]
    assert line(villages, "党群服务中心启用") == ["党群服务中心启用", "100%", "0%", "低100.00个百分点"]
    assert line(villages, "入户率")[3] == "—"
    days = page("org", TOWN, other="2018-05-31")
    assert line(days, "联系群众") == ["联系群众", "4", "2", "少2人次"]
    assert line(days, "在册党员")[3] == "相同"
    assert "2018年11月30日" in page("org", TOWN)


def test_one_compares_only_what_one_may_see(town: str) -> None:
    fill_town()
    own = page("secretary", XINTIAN, other="2018-05-31")
    assert f'value="{HAIZHOU}"' not in own
    assert f'value="{TOWN}"' not in own
    assert "请从列表里选" in page("secretary", XINTIAN, **{"with": HAIZHOU})


@pytest.mark.parametrize(
    ("figure", "left", "right", "words"),
    [
        ("F02", (3, None), (1003, None), "多1,000名"),
        ("F04", (1, 3), (2, 3), "高33.33个百分点"),
        ("F04", (1, 0), (2, 3), "—"),
        ("F14", (6, 5), (6, 5), "相同"),
    ],
)
def test_difference_in_words(
    figure: str, left: tuple[int, int | None], right: tuple[int, int | None], words: str
) -> None:
    both = [as_answer(load_figures()[figure], TOWN, AS_OF, 1, [["", up, down, 0]]) for up, down in (left, right)]
    assert in_words(*both) == words
