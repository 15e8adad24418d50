"""Read one form file. A slip is named by file, column, field and mend; nothing half-read is handed on."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from redhouse.ground.access.holdings import Holding, Known, all_holdings, holding_named
from redhouse.ground.process.procedure.table import Table, table_of
from redhouse.work.forms.definitions.matching import held_as
from redhouse.work.forms.definitions.shape import AnswerKind, Ask, Column, Every, Per, ReportForm

CODE = re.compile(r"L\d\d")  # letters of other kinds are for what towns draft
KEY = re.compile(r"[a-z][a-z0-9_]{0,29}")


def read_form(text: str, *, origin: str = "") -> ReportForm:
    """Raises ProcedureError with one sentence: also for a form that asks what the house holds already."""
    origin = origin or _("报表文件")
    file = table_of(text, origin)
    head = file.table("form", f"{origin}，[form]")
    holding = _holding(head)
    columns = tuple(_columns(file, holding, origin))
    form = ReportForm(
        code=head.text("code"),
        version=head.number("version"),
        zh=head.text("zh"),
        en=head.text("en"),
        every=head.word("every", Every),
        holding=holding,
        columns=columns,
        from_on=head.day("from_on"),
        clause=head.text("clause", ""),
        text=text,
    )
    head.done()
    file.done()
    if not CODE.fullmatch(form.code):
        raise head.refuse("code", _("请写成 L01 这样的编号。"))
    if form.every != Every.MONTH:
        raise head.refuse("every", _("随系统来的报表每月填写，请写 month；专项报表由镇在页面上拟订。"))
    if not form.known:
        raise head.refuse("holding", _("没有一栏由系统填写：请至少选一个已有的栏目。"))
    return form


def _holding(head: Table) -> Holding:
    key = head.text("holding")
    holding = holding_named(key)
    if holding is None:
        values = {"key": key, "known": "、".join(each.key for each in all_holdings())}
        raise head.refuse("holding", _("没有“%(key)s”这一类数据；可用：%(known)s。") % values)
    return holding


def _columns(file: Table, holding: Holding, origin: str) -> Iterator[Column]:
    seen: set[str] = set()
    for number, row in enumerate(file.tables("column", None), 1):
        row.where = _("%(origin)s，第%(number)s栏") % {"origin": origin, "number": number}
        if ("field" in row) == ("ask" in row):
            raise row.refuse("field", _("每栏写 field（已有的）或者 ask（要问的），写一个，只写一个。"))
        column = _known(row, holding) if "field" in row else _ask(row, holding)
        row.done()
        key = column.known.key if column.known else f"?{column.ask.key}" if column.ask else ""
        if key in seen:
            raise row.refuse("field" if column.known else "ask", _("这一栏写了两遍：请删去一个。"))
        seen.add(key)
        yield column


def _known(row: Table, holding: Holding) -> Column:
    key = row.text("field")
    if key not in holding.by_key:
        values = {"key": key, "title": holding.title, "known": "、".join(holding.by_key)}
        raise row.refuse("field", _("“%(title)s”里没有“%(key)s”；可用：%(known)s。") % values)
    return Column(known=holding.by_key[key])


def _ask(row: Table, holding: Holding) -> Column:
    ask = Ask(row.text("ask"), row.text("zh"), row.text("en"), row.word("kind", AnswerKind), row.word("per", Per))
    if not KEY.fullmatch(ask.key):
        raise row.refuse("ask", _("请用小写字母、数字和下划线，以字母开头，不超过30个字符。"))
    for words in (ask.zh, ask.en):
        if (found := held_as(words)) is not None:
            raise row.refuse("zh", already_held(words, *found))
    return Column(ask=ask)


def already_held(question: str, holding: Holding, known: Known) -> str:
    """The sentence that refuses a question."""
    values = {"question": question, "title": holding.title, "holder": holding.holder, "name": known.name}
    return _("“%(question)s”不用问：“%(holder)s”的“%(title)s”里已有“%(name)s”，选它就自动填上。") % values
