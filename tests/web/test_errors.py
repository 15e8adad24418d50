from django.test import Client

from tests.conftest import Databases


def test_while_the_database_is_away_a_page_says_so_and_when_to_come_back(house: str, databases: Databases) -> None:
    databases.use("redhouse_nowhere")
    try:
        answer = Client(raise_request_exception=False).get("/")
    finally:
        databases.use(house)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert "数据库正在重新起来" in answer.content.decode()
    assert Client().get("/").status_code == 302  # back to the usual
