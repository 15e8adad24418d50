"""Every misconfiguration has a number and a mend. `redhouse doctor` and every start run these."""

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from redhouse.ground.messages.outside.services import is_readable

LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "::1"}


@register(Tags.security)
def check_house(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return [*_secrets(), *_doors(), *_database(), *_numbers(), *_ways_out()]


def _secrets() -> Iterator[CheckMessage]:
    if len(settings.SECRET_KEY) < 32:
        yield Error(
            "会话密钥太短。",
            hint="删去 REDHOUSE_SECRET_KEY，让房子自己造一个；或给它至少32个随机字符。",
            id="redhouse.E001",
        )
    keys = Path(settings.REDHOUSE_KEYS)
    if keys.is_dir() and stat.S_IMODE(keys.stat().st_mode) & 0o077:
        yield Error(f"密钥目录 {keys} 别人也能进。", hint=f"运行：chmod -R go-rwx {keys}", id="redhouse.E002")


def _doors() -> Iterator[CheckMessage]:
    outside = [host for host in settings.ALLOWED_HOSTS if host not in LOOPBACK]
    if "*" in settings.ALLOWED_HOSTS:
        yield Error(
            "REDHOUSE_HOSTS 写了 *，任何域名都能冒用。", hint="写出真正的域名，用逗号分开。", id="redhouse.E003"
        )
    if outside and settings.REDHOUSE_DEMO:
        yield Warning(
            f"演示登录开着，却对外开放了 {'、'.join(outside)}。",
            hint="演示登录只认本机。正式使用请删去 REDHOUSE_DEMO。",
            id="redhouse.W004",
        )
    if outside and not settings.BEHIND_TLS:
        yield Warning(
            f"对外开放了 {'、'.join(outside)}，却没有加密传输。",
            hint="在前面放 HTTPS，并设 REDHOUSE_TLS=1。",
            id="redhouse.W005",
        )
    if settings.SECURE_PROXY_SSL_HEADER and not outside:
        yield Warning(
            "设了 REDHOUSE_BEHIND_PROXY，却没有对外的域名。",
            hint="前面真有代理才设它；同时用 REDHOUSE_HOSTS 写出域名。",
            id="redhouse.W006",
        )
    if settings.DEBUG and outside:
        yield Error("调试页面会向外泄露内部信息。", hint="对外开放时删去 REDHOUSE_DEBUG。", id="redhouse.E007")
    if settings.REDHOUSE_TODAY and not settings.REDHOUSE_DEMO:
        yield Error(
            f"REDHOUSE_TODAY={settings.REDHOUSE_TODAY}：只有演示房子可以站在另一天。",
            hint="删去 REDHOUSE_TODAY；演示时同时设 REDHOUSE_DEMO=1。",
            id="redhouse.E031",
        )


def _database() -> Iterator[CheckMessage]:
    names = {alias: (d["HOST"], d["PORT"], d["NAME"]) for alias, d in settings.DATABASES.items()}
    if len(set(names.values())) != 1:
        yield Error(
            "三种身份连的不是同一个数据库。",
            hint="让 REDHOUSE_APP_DATABASE_URL、REDHOUSE_OWNER_DATABASE_URL、REDHOUSE_FIGURES_DATABASE_URL"
            " 与 DATABASE_URL 指向同一个库。",
            id="redhouse.E008",
        )


def _numbers() -> Iterator[CheckMessage]:
    hours = settings.SESSION_COOKIE_AGE // 3600
    if not 1 <= hours <= 168:
        yield Error(f"REDHOUSE_SESSION_HOURS={hours} 不合适。", hint="写1到168之间的整数（小时）。", id="redhouse.E009")
    if not 0 <= settings.REDHOUSE_REPORTER_DAYS <= 3650:
        yield Error(
            f"REDHOUSE_REPORTER_DAYS={settings.REDHOUSE_REPORTER_DAYS} 不合适。",
            hint="写0到3650之间的整数（天）；0表示办结当天就删去。",
            id="redhouse.E026",
        )
    if settings.DATABASES["default"]["CONN_MAX_AGE"] < 0:
        yield Error("REDHOUSE_CONN_MAX_AGE 不能是负数。", hint="写秒数；0表示每次重连。", id="redhouse.E010")


def _ways_out() -> Iterator[CheckMessage]:
    """What leaves the house: whole, readable, and with an address to come back to. Secrets are never printed."""
    if bool(settings.REDHOUSE_SMS_URL) != bool(settings.REDHOUSE_SMS_KEY):
        yield Error(
            "短信只设了一半。", hint="REDHOUSE_SMS_URL 和 REDHOUSE_SMS_KEY 要一起设，或都删去。", id="redhouse.E021"
        )
    elif settings.REDHOUSE_SMS_KEY and len(settings.REDHOUSE_SMS_KEY) < 32:
        yield Error(
            "短信的签名密钥太短。", hint="给 REDHOUSE_SMS_KEY 至少32个随机字符，短信网关用同一个。", id="redhouse.E022"
        )
    elif settings.REDHOUSE_SMS_URL and not _is_safe(settings.REDHOUSE_SMS_URL):
        yield Error(
            "短信网关的地址没有加密，号码会被路上的人看见。",
            hint="REDHOUSE_SMS_URL 用 https:// 开头；只有本机可以用 http://。",
            id="redhouse.E023",
        )
    services = {f"REDHOUSE_{name.upper()}": ways for name, ways in settings.REDHOUSE_ROBOTS.items()}
    services["REDHOUSE_MAIL"] = {"": settings.REDHOUSE_MAIL} if settings.REDHOUSE_MAIL else {}
    unreadable = [name for name, ways in services.items() if not all(map(is_readable, ways.values()))]
    if unreadable:
        yield Error(
            f"{'、'.join(unreadable)} 的地址读不懂。",
            hint="按 Apprise 的写法，如 wecombot://密钥、dingtalk://令牌、feishu://令牌、mailtos://用户:口令@服务器；"
            "几个镇各有各的，就写 区划代码=地址，用空格分开。",
            id="redhouse.E024",
        )
    goes_out = settings.REDHOUSE_SMS_URL or any(services.values())
    if goes_out and not urlsplit(settings.REDHOUSE_ADDRESS).netloc:
        yield Error(
            "设了站外通知，却不知道本站的地址，通知里的链接打不开。",
            hint="设 REDHOUSE_ADDRESS，如 https://rh.example.cn。",
            id="redhouse.E025",
        )


def _is_safe(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
