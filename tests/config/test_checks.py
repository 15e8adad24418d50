"""Each numbered check fires on its own fault, with a hint; none fires on a house as it comes."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.checks import CheckMessage

from redhouse.config import checks
from redhouse.config.checks import check_house
from redhouse.kit.errors import HouseError

Fault = Callable[[LazySettings, Path, pytest.MonkeyPatch], None]
OUTSIDE = ["redhouse.example.cn", "localhost"]


def fired() -> dict[str, CheckMessage]:
    return {str(message.id): message for message in check_house(None)}


@pytest.fixture(autouse=True)
def hosts(settings: LazySettings) -> None:
    """Django's test runner opens the house to “testserver”; here it is as it comes."""
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]


def open_keys(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = tmp_path / "keys"
    keys.mkdir(mode=0o755)
    keys.chmod(0o755)
    settings.REDHOUSE_KEYS = keys


def database(alias: str, name: str, value: object) -> Fault:
    def change(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(settings.DATABASES[alias], name, value)

    return change


def values(**changes: object) -> Fault:
    def change(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in changes.items():
            setattr(settings, name, value)

    return change


OUT: dict[str, object] = {
    "REDHOUSE_ADDRESS": "https://rh.example.cn",
    "REDHOUSE_SMS_URL": "https://sms.example.cn/send",
    "REDHOUSE_SMS_KEY": "k" * 32,
}

# number -> what is wrong, what the message names, what the hint says to do
FAULTS = {
    "redhouse.E001": (values(SECRET_KEY="short"), "会话密钥太短", "REDHOUSE_SECRET_KEY"),
    "redhouse.E002": (open_keys, "别人也能进", "chmod -R go-rwx"),
    "redhouse.E003": (
        values(ALLOWED_HOSTS=["*"], REDHOUSE_DEMO=False, BEHIND_TLS=True),
        "REDHOUSE_HOSTS",
        "真正的域名",
    ),
    "redhouse.W004": (
        values(ALLOWED_HOSTS=OUTSIDE, REDHOUSE_DEMO=True, BEHIND_TLS=True),
        "redhouse.example.cn",
        "REDHOUSE_DEMO",
    ),
    "redhouse.W005": (
        values(ALLOWED_HOSTS=OUTSIDE, REDHOUSE_DEMO=False, BEHIND_TLS=False),
        "redhouse.example.cn",
        "REDHOUSE_TLS=1",
    ),
    "redhouse.W006": (
        values(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")),
        "REDHOUSE_BEHIND_PROXY",
        "REDHOUSE_HOSTS",
    ),
    "redhouse.E007": (
        values(ALLOWED_HOSTS=OUTSIDE, DEBUG=True, BEHIND_TLS=True, REDHOUSE_DEMO=False),
        "调试页面",
        "REDHOUSE_DEBUG",
    ),
    "redhouse.E008": (database("figures", "NAME", "elsewhere"), "不是同一个数据库", "DATABASE_URL"),
    "redhouse.E009": (values(SESSION_COOKIE_AGE=3600 * 400), "REDHOUSE_SESSION_HOURS=400", "1到168"),
    "redhouse.E026": (values(REDHOUSE_REPORTER_DAYS=-1), "REDHOUSE_REPORTER_DAYS=-1", "0到3650"),
    "redhouse.E021": (values(REDHOUSE_SMS_KEY="k" * 32), "只设了一半", "REDHOUSE_SMS_URL"),
    "redhouse.E022": (values(**OUT | {"REDHOUSE_SMS_KEY": "short"}), "密钥太短", "32个随机字符"),
    "redhouse.E023": (values(**OUT | {"REDHOUSE_SMS_URL": "http://sms.example.cn/"}), "没有加密", "https://"),
    "redhouse.E024": (
        values(**OUT | {"REDHOUSE_ROBOTS": {"wecom": {"": "wecombot://abcd1234", "440605": "nonsense"}}}),
        "REDHOUSE_WECOM",
        "wecombot://",
    ),
    "redhouse.E025": (values(**OUT | {"REDHOUSE_ADDRESS": "rh.example.cn"}), "本站的地址", "REDHOUSE_ADDRESS"),
    "redhouse.E010": (database("default", "CONN_MAX_AGE", -1), "REDHOUSE_CONN_MAX_AGE", "0表示每次重连"),
    "redhouse.E031": (values(REDHOUSE_TODAY=date(2026, 11, 18), REDHOUSE_DEMO=False), "2026-11-18", "REDHOUSE_DEMO=1"),
}


def test_a_house_as_it_comes_has_nothing_to_say() -> None:
    assert fired() == {}


def test_every_number_is_tried_and_no_number_is_used_twice() -> None:
    source = Path(checks.__file__).read_text(encoding="utf-8")
    numbers = re.findall(r'id="(redhouse\.[EW]\d{3})"', source)
    assert sorted(numbers) == sorted(FAULTS)


@pytest.mark.parametrize("number", sorted(FAULTS))
def test_the_fault_is_named_with_its_mend_and_nothing_else_fires(
    settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    fault, says, hint = FAULTS[number]
    fault(settings, tmp_path, monkeypatch)
    found = fired()
    assert list(found) == [number]
    assert says in found[number].msg
    assert hint in str(found[number].hint)
    assert found[number].is_serious() is number.startswith("redhouse.E")


@pytest.mark.parametrize("seconds", [0, -3600, 3599])
def test_a_session_lasts_at_least_an_hour(settings: LazySettings, seconds: int) -> None:
    settings.SESSION_COOKIE_AGE = seconds
    assert list(fired()) == ["redhouse.E009"]


def test_a_house_behind_tls_with_its_own_name_is_well_set(settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = OUTSIDE
    settings.BEHIND_TLS, settings.REDHOUSE_DEMO = True, False
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert fired() == {}


def test_a_house_with_every_way_out_is_well_set(settings: LazySettings) -> None:
    for name, value in OUT.items():
        setattr(settings, name, value)
    settings.REDHOUSE_SMS_URL = "http://127.0.0.1:8099/"
    settings.REDHOUSE_MAIL = "mailtos://house:secret@smtp.example.cn?from=house@example.cn"
    settings.REDHOUSE_ROBOTS = {
        "wecom": {"440605122": "wecombot://abcd-1234", "": "wecombot://efgh-5678"},
        "dingtalk": {"": "dingtalk://abcdefgh12345678"},
        "feishu": {"": "feishu://abcdefgh-1234"},
    }
    assert fired() == {}


def test_a_wrong_database_url_is_said_before_anything_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    from redhouse.kit.postgres import connection_params

    monkeypatch.setenv("DATABASE_URL", "mysql://root@localhost/x")
    with pytest.raises(HouseError, match="只支持 postgresql"):
        connection_params("app")
