"""The pages of import and export, through HTTP: templates, upload, progress, confirmation, the way back."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse
from django.test import Client
from django.urls import reverse
from python_calamine import load_workbook

from redhouse.commands._queue import work_off_jobs
from redhouse.ground.access.models import Account
from redhouse.ground.access.reach import set_reach
from redhouse.ground.people.models import Household
from redhouse.work.registry.enums import ImportKind
from redhouse.work.registry.models import Import
from tests.cast import SOCIETY
from tests.desk.pages import clean
from tests.work.registry.books import book

DAY = date(2018, 3, 1)
KEEPERS, OTHERS = ("org", "secretary", "neighbour"), ("supervisor", "grid", "admin", "auditor", "member", "outsider")
ROWS = [
    (SOCIETY, "九号", None, "2", "张三", None, DAY, None),
    (SOCIETY, "十号", None, "两人", None, None, DAY, None),
]


@pytest.fixture
def signed(town: str) -> Callable[[str], Client]:
    cache.clear()

    def as_(username: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(username=username))
        return client

    return as_


def sent(client: Client, content: bytes, kind: str = "households") -> str:
    file = SimpleUploadedFile("住户.xlsx", content)
    answer = client.post(reverse("registry:upload"), {"kind": kind, "file": file})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def grid_of(answer: FileResponse, number: int = 0) -> list[list[object]]:
    content = b"".join(answer.streaming_content)  # type: ignore[arg-type]
    return load_workbook(BytesIO(content)).get_sheet_by_index(number).to_python(skip_empty_area=False)


def test_the_way_of_a_workbook(signed: Callable[[str], Client]) -> None:
    client = signed("secretary")
    page = sent(client, book(ImportKind.HOUSEHOLDS, *ROWS))
    waiting = clean(client.get(page))
    assert "等待试算" in waiting
    assert "every 2s" in waiting
    work_off_jobs()
    tried = clean(client.get(page))
    assert "试算完成：1行可以导入，还没有写入" in tried
    assert "every 2s" not in tried
    assert "“两人”应为1至9999的整数" in tried
    assert "张三" not in tried
    assert "张＊" in tried
    fragment = client.get(page, headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith("<section")
    back = grid_of(client.get(page + "workbook/"))  # type: ignore[arg-type]
    assert back[0][-2:] == ["结果", "说明"]
    assert back[1][1:5] == ["九号", "", "2", "张三"], "cells come back as they were"
    assert back[2][-2] == "拒绝"
    assert "户内人口：“两人”应为" in str(back[2][-1])
    client.post(page + "confirm/")
    assert "等待导入" in clean(client.get(page))
    work_off_jobs()
    assert "已写入1行" in clean(client.get(page))
    set_reach("*")
    assert Household.objects.filter(dwelling__door="九号").count() == 1
    assert "住户.xlsx" in clean(client.get(reverse("registry:exchange")))


def test_a_file_that_is_no_workbook_says_so_and_nothing_is_written(signed: Callable[[str], Client]) -> None:
    client = signed("secretary")
    page = sent(client, b"%PDF-1.7")
    work_off_jobs()
    text = clean(client.get(page))
    assert "没有导入，什么也没有写入" in text
    assert "这不是Excel工作簿" in text
    assert client.get(page + "workbook/").status_code == 302


def test_a_form_without_a_file_says_so(signed: Callable[[str], Client]) -> None:
    answer = signed("secretary").post(reverse("registry:upload"), {"kind": "households"})
    assert answer.status_code == 422
    assert "请先选好文件" in clean(answer)


@pytest.mark.parametrize("kind", list(ImportKind))
def test_a_template_uploaded_as_it_is_has_no_rows_and_no_errors(signed: Callable[[str], Client], kind: str) -> None:
    client = signed("org")
    template = client.get(reverse("registry:template", args=[kind]))
    content = b"".join(template.streaming_content)  # type: ignore[arg-type,union-attr]
    guide = load_workbook(BytesIO(content)).get_sheet_by_index(1).to_python()
    assert guide[0][0] == "填写说明"
    page = sent(client, content, kind)
    work_off_jobs()
    text = clean(client.get(page))
    assert "表里没有数据行" in text
    assert "逐行的问题" not in text


@pytest.mark.parametrize("kind", ["divisions", "bodies", "households"])
def test_an_export_comes_back_as_nothing_new(signed: Callable[[str], Client], kind: str) -> None:
    client = signed("org")
    export = client.get(reverse("registry:export", args=[kind]))
    page = sent(client, b"".join(export.streaming_content), kind)  # type: ignore[arg-type,union-attr]
    work_off_jobs()
    text = clean(client.get(page))
    assert "试算完成：表里的内容都已登记，不用导入" in text, text


def test_exports_stay_within_reach_and_masked(signed: Callable[[str], Client]) -> None:
    rows = grid_of(signed("secretary").get(reverse("registry:export", args=["members"])))  # type: ignore[arg-type]
    assert [row[1] for row in rows[1:]] == ["户＊访"]
    assert rows[1][2] == "138****8000"
    assert len(grid_of(signed("neighbour").get(reverse("registry:export", args=["members"])))) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("username", OTHERS)
@pytest.mark.parametrize("name", ["exchange", "template", "export"])
def test_others_see_neither_page_nor_door(signed: Callable[[str], Client], username: str, name: str) -> None:
    client = signed(username)
    args = [] if name == "exchange" else ["posts"]
    answer = client.get(reverse(f"registry:{name}", args=args))
    assert answer.status_code == 403
    assert "书记、副书记和组织办干部" in clean(answer)
    assert reverse("registry:exchange") not in clean(client.get("/me/"))


@pytest.mark.parametrize("username", KEEPERS)
def test_keepers_see_page_and_door_and_only_their_own_uploads(signed: Callable[[str], Client], username: str) -> None:
    theirs = sent(signed("org"), book(ImportKind.HOUSEHOLDS, *ROWS))
    client = signed(username)
    assert reverse("registry:exchange") in clean(client.get("/me/"))
    expected = 200 if username == "org" else 404
    assert client.get(theirs).status_code == expected
    assert client.get(reverse("registry:template", args=["nothing"])).status_code == 404


def test_withdrawn_through_the_page(signed: Callable[[str], Client]) -> None:
    client = signed("secretary")
    page = sent(client, book(ImportKind.HOUSEHOLDS, *ROWS))
    work_off_jobs()
    client.post(page + "withdraw/")
    assert "已撤回，什么也没有写入" in clean(client.get(page))
    assert "不能确认" in clean(client.post(page + "confirm/", follow=True))
    set_reach("*")
    assert Import.objects.get().state == "withdrawn"
