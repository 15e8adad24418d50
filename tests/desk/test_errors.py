import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import permission_denied

from redhouse.web.access import NotYours
from tests.desk.pages import clean


def test_a_missing_page_says_what_may_have_happened(house: str) -> None:
    answer = Client().get("/no/such/page/")
    assert answer.status_code == 404
    assert "不在您的村" in clean(answer)


@pytest.mark.parametrize(
    ("refused", "sentence"),
    [(NotYours("新田村党组织书记可以办。"), "新田村党组织书记可以办。"), (PermissionDenied(), "谁能办由职务决定")],
)
def test_a_forbidden_page_says_who_could(refused: PermissionDenied, sentence: str) -> None:
    answer = permission_denied(RequestFactory().get("/"), refused)
    assert answer.status_code == 403
    assert sentence in answer.content.decode()


@pytest.mark.parametrize(
    ("template", "sentence"), [("500.html", "不是您的错"), ("503.html", "几秒就好"), ("400.html", "没有改动任何数据")]
)
def test_a_page_for_trouble_needs_neither_request_nor_database(template: str, sentence: str) -> None:
    assert sentence in render_to_string(template)
