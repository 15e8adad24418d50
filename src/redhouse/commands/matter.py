"""`redhouse matter`: what the pages and the API do with matters, at a terminal, by a person who signs in."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import click

from redhouse.commands._house import visited_house
from redhouse.kit.errors import BUSY, DATA, IO_FAILED, NO_PERMISSION, HouseError

if TYPE_CHECKING:
    from redhouse.ground.people.models import Person
    from redhouse.web.verbs import Verb

KINDS = {
    "matter": "事项",
    "doors": "待上门的户",
    "roll": "名册",
    "meeting": "会议",
    "notice": "通知",
    "moves": "可以转入这一版程序的在办事项",
}


def signed(command: Callable[..., None]) -> Callable[..., None]:
    """Who it is: an account, and its password from the environment, standard input or a prompt."""
    for option in (
        click.option(
            "--password-stdin", is_flag=True, help="从标准输入读密码（第一行）；不写就看 REDHOUSE_PASSWORD，再问。"
        ),
        click.option(
            "--account", "-a", envvar="REDHOUSE_ACCOUNT", required=True, help="本人的账号（REDHOUSE_ACCOUNT）。"
        ),
    ):
        command = option(command)
    return command


@click.group()
def command() -> None:
    """重要事权的事项。以本人的账号登录办理，权限、表单和拒绝的话与网页相同；管理员也没有后门。"""


@command.command("list")
@signed
@click.option("--state", type=click.Choice(["running", "suspended", "ended"]), help="在办、中止、办结。")
@click.option("--power", default="", metavar="P07", help="哪一项事权。")
@click.option("--words", "-q", default="", help="标题、编号、组织里的字。")
def list_(account: str, password_stdin: bool, state: str | None, power: str, words: str) -> None:
    """列出本人看得到的事项。"""
    with _signed_in(account, password_stdin) as person:
        from redhouse.work.decisions.queries.lists import listed
        from redhouse.work.decisions.verbs.outline import line

        for row in listed(person, state=state or "", power=power, q=words)[:200]:
            said = line(row)
            where = said["step_name"] or row.run.get_ending_display()
            click.echo(f"{said['matter']:>5}　{said['power']}　{said['host']}　{said['title']}　{where}")


@command.command()
@signed
@click.argument("number", type=int)
@click.option("--kind", type=click.Choice(list(KINDS)), default="matter", help="编号是什么的编号；不写就是事项。")
@click.option("--json", "as_json", is_flag=True, help="全部写成 JSON。")
def show(account: str, password_stdin: bool, number: int, kind: str, as_json: bool) -> None:
    """查看一件事项：走到哪里、还差什么、我能办什么。"""
    with _signed_in(account, password_stdin) as person:
        from redhouse.desk.reading import READS

        seen = READS[kind](person, number)
        if seen is None:
            raise _not_there()
        if as_json or kind != "matter":
            click.echo(json.dumps(seen, ensure_ascii=False, indent=1, default=str))
            return
        click.echo(f"{seen['number']}　{seen['host']}　{seen['title']}　（{seen['version']['from_on']}起的程序）")
        for stage in seen["stages"]:
            mark = {"done": "✓", "back": "↩", "now": "●"}.get(stage["state"], "·")
            click.echo(
                f" {mark} {stage['number']:>2} {stage['name']}　{stage['closed_by'] or '、'.join(stage['owed_by'])}"
            )
        for lack in seen["missing"]:
            click.echo(f"还差：{lack['sentence']}" + (f"（欠：{lack['owed_by']}）" if lack["owed_by"] else ""))
        for name, title in seen["may"].items():
            click.echo(f"我能办：{name}　{title}")


@command.command()
@click.argument("name", required=False)
def verbs(name: str | None) -> None:
    """列出能办的事；写上名称，看要填哪些栏。不用登录。"""
    with visited_house("matter", migrated=False):
        from redhouse.desk.verbs import ALL

        for verb in ALL.values() if name is None else [_verb(name)]:
            click.echo(f"{verb.name} {' '.join(verb.numbers)}　{verb.title}")
            if name is not None:
                for field, asked in (verb.form.base_fields or verb.form().fields).items():
                    click.echo(f"  {field}={'' if asked.required else '（可不填）'}　{asked.label or ''}")


@command.command()
@signed
@click.argument("power")
@click.argument("words", nargs=-1, metavar="FIELD=VALUE…")
@click.option("--key", type=click.UUID, help="同一个编号再来，不再办一次。")
def propose(account: str, password_stdin: bool, power: str, words: tuple[str, ...], key: UUID | None) -> None:
    """提出一件事项，如：propose P07 title=2026年度分红 host=12 lead_minimum=80 plan=@方案.pdf。"""
    with _signed_in(account, password_stdin) as person:
        _do(person, _verb("propose"), [power], words, key, None)


@command.command()
@signed
@click.argument("name")
@click.argument("words", nargs=-1, metavar="[编号…] [FIELD=VALUE…]")
@click.option("--key", type=click.UUID, help="同一个编号再来，不再办一次。")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="办出来的文件存到这里。")
def do(
    account: str, password_stdin: bool, name: str, words: tuple[str, ...], key: UUID | None, out: Path | None
) -> None:
    """办一件事，如：do close 7 outcome=submitted。FIELD=@文件 送上文件，或从文件读文字；有哪些事，见 verbs。"""
    with _signed_in(account, password_stdin) as person:
        numbers = [word for word in words if "=" not in word]
        _do(person, _verb(name), numbers, [word for word in words if "=" in word], key, out)


@command.command()
@signed
@click.argument("number", type=int)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def bundle(account: str, password_stdin: bool, number: int, file: Path) -> None:
    """把封存的档案包存成文件，用 redhouse verify 核对。"""
    with _signed_in(account, password_stdin) as person:
        from redhouse.ground.papers import storage
        from redhouse.ground.papers.queries import latest_version
        from redhouse.work.decisions.queries.openness import archive_for

        archive = archive_for(person, number)
        version = latest_version(archive.bundle) if archive is not None and archive.bundle else None
        if version is None:
            raise _not_there()
        with storage.open_file(version.sha256) as content:
            _write(file, content.read())


@contextmanager
def _signed_in(account: str, password_stdin: bool) -> Iterator["Person"]:
    """The house, entered as a person. What a page refuses is one sentence here, with its exit code."""

    def password() -> str:
        if password_stdin:
            return sys.stdin.readline().rstrip("\n")
        return os.environ.get("REDHOUSE_PASSWORD") or click.prompt("密码", hide_input=True, err=True)

    def code() -> str:
        return os.environ.get("REDHOUSE_CODE") or click.prompt("验证码", err=True)

    with visited_house("matter"):
        from redhouse.desk.terminal import enter

        yield enter(account, password=password, code=code)


def _do(
    person: "Person", verb: "Verb", numbers: Sequence[str], words: Sequence[str], key: UUID | None, out: Path | None
) -> None:
    from django.conf import settings
    from django.core.exceptions import PermissionDenied
    from django.http import Http404

    from redhouse.desk.verbs import do_once
    from redhouse.ground.clients.enums import EntryKind
    from redhouse.web.telling import REFUSALS, words_of
    from redhouse.web.verbs import Unsound

    data, files = _said(verb, words)
    try:
        found = verb.find(person, **_address(verb, numbers))
        done = do_once(
            verb, found, key=key or uuid4(), kind=EntryKind.COMMAND, by=person, data=data, files=files,
            site=settings.REDHOUSE_ADDRESS,
        )  # fmt: skip
    except Http404:
        raise _not_there() from None
    except PermissionDenied as refused:
        raise HouseError(str(refused), NO_PERMISSION) from None
    except Unsound as refused:
        raise HouseError("\n".join(words_of(refused)), DATA) from None
    except REFUSALS as refused:
        raise HouseError("\n".join(words_of(refused)), BUSY) from None
    if done is None:
        click.echo("同一编号已经办过，没有再办。")
        return
    for sentence in done.refused:
        click.echo(sentence, err=True)
    click.echo(done.said)
    if done.came:
        click.echo(json.dumps(dict(done.came), ensure_ascii=False))
    if done.file is not None and out is not None:
        _write(out, done.file[0])


def _verb(name: str) -> "Verb":
    from redhouse.desk.verbs import ALL

    if name not in ALL:
        raise HouseError(f"没有“{name}”这件事；有哪些，见 redhouse matter verbs。", DATA)
    return ALL[name]


def _address(verb: "Verb", numbers: Sequence[str]) -> dict[str, Any]:
    wanted = verb.numbers
    if len(numbers) != len(wanted):
        raise HouseError(f"{verb.name} 后面要写 {' '.join(wanted) or '零个编号'}。", DATA)
    try:
        return {name: number if name == "code" else int(number) for name, number in zip(wanted, numbers, strict=True)}
    except ValueError:
        raise HouseError(f"编号要写数字：{' '.join(numbers)}。", DATA) from None


def _said(verb: "Verb", words: Sequence[str]) -> tuple[Any, Any]:
    """Fields and files: `name=text`, `name=@file`; a name again adds to a list."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.forms import FileField
    from django.utils.datastructures import MultiValueDict

    data: MultiValueDict[str, str] = MultiValueDict()
    files: MultiValueDict[str, Any] = MultiValueDict()
    for word in words:
        name, _equals, text = word.partition("=")
        if not text.startswith("@"):
            data.appendlist(name, text)
            continue
        path = Path(text[1:])
        try:
            content = path.read_bytes()
        except OSError as error:
            raise HouseError(f"读不了 {path}（{error.strerror}）。", IO_FAILED) from None
        if isinstance(verb.form.base_fields.get(name), FileField):
            files.appendlist(name, SimpleUploadedFile(path.name, content))
        else:
            data.appendlist(name, content.decode(errors="replace"))
    return data, files


def _not_there() -> HouseError:
    return HouseError("没有找到，也许不在您的范围里。", NO_PERMISSION)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise HouseError(f"写不了 {path}（{error.strerror}）：请换一个可写的地方。", IO_FAILED) from None
    click.echo(f"已写入 {path}", err=True)
