import pytest
from django.test import RequestFactory

from redhouse.desk.loopback import is_loopback


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("192.168.1.7", False),
        ("10.0.0.1", False),
        ("::ffff:192.168.1.7", False),
        ("", False),
        ("localhost", False),
    ],
)
def test_only_this_machine_is_loopback(address: str, expected: bool) -> None:
    assert is_loopback(RequestFactory().get("/", REMOTE_ADDR=address)) is expected


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_a_request_that_was_passed_on_is_not_direct(header: str) -> None:
    assert not is_loopback(RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", headers={header: "127.0.0.1"}))
