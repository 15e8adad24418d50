"""The closed vocabulary of a form file, what is known already, and the arithmetic of the meter. No database."""

from datetime import date
from fractions import Fraction

import pytest

from redhouse.ground.process.procedure import ProcedureError
from redhouse.work.forms.definitions import held_as, meter, read_form, shipped, shipped_on
from redhouse.work.forms.definitions.shape import month_before, next_month

HEAD = """[form]
code = "L09"
version = 1
zh = "试表"
en = "A try"
every = "month"
holding = "visits"
from_on = 2018-01-01
"""
KNOWN = '[[column]]\nfield = "happened_on"\n'


def ask(words: str = "下周安排", en: str = "Plan", kind: str = "words", per: str = "row") -> str:
    return f'[[column]]\nask = "plan"\nzh = "{words}"\nen = "{en}"\nkind = "{kind}"\nper = "{per}"\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HEAD + "[[column]]\n", "第1栏，“field”一项：每栏写 field（已有的）或者 ask（要问的）"),
        (HEAD + '[[column]]\nfield = "weather"\n', "“走访记录”里没有“weather”；可用：happened_on"),
        (HEAD + KNOWN + KNOWN, "第2栏，“field”一项：这一栏写了两遍"),
        (HEAD.replace("visits", "dreams") + KNOWN, "没有“dreams”这一类数据；可用：hazards、inspections"),
        (HEAD.replace('"month"', '"weekly"') + KNOWN, "没有“weekly”这个词；可用：month、once"),
        (HEAD.replace("L09", "X1") + KNOWN, "“code”一项：请写成 L01 这样的编号"),
        (HEAD + KNOWN + ask(kind="mood"), "没有“mood”这个词；可用：words、number、day、yes"),
        (HEAD + KNOWN + ask(per="year"), "没有“year”这个词；可用：place、row"),
        (HEAD + ask(), "没有一栏由系统填写"),
        (HEAD + KNOWN + 'colour = "red"\n', "“colour”一项：没有这一项"),
        (HEAD + KNOWN + ask("请填户主姓名"), "“走访联系”的“走访记录”里已有“户主”，选它就自动填上"),
        (HEAD + KNOWN + ask("接待群众人数"), "“走访联系”的“驻点日志”里已有“接待群众人数”"),
        ("[form", "不是合格的 TOML"),
    ],
)
def test_a_slip_names_file_column_field_and_mend(text: str, sentence: str) -> None:
    with pytest.raises(ProcedureError) as refused:
        read_form(text, origin="试.toml")
    assert refused.value.message.startswith("试.toml")
    assert sentence in refused.value.message


def test_the_shipped_ones_are_four_and_ask_one_thing() -> None:
    assert [form.code for form in shipped()] == ["L01", "L02", "L03", "L04"]
    assert [(form.code, ask.key) for form in shipped() for ask in form.asks] == [("L04", "next_topic")]
    assert [form.code for form in shipped_on(date(2015, 1, 1))] == ["L02", "L03", "L04"]


def test_a_question_is_known_by_its_words() -> None:
    known = held_as("户 主 姓 名？")
    assert known is not None
    assert (known[0].key, known[1].key) == ("visits", "head")
    assert held_as("下周要请谁来") is None
    assert held_as("户数") is None  # a short name inside other words is no match


def test_the_meter_counts_cells_people_and_minutes() -> None:
    form = read_form(HEAD + KNOWN + ask() + ask("月度小结", "Summary", per="place").replace("plan", "sum"))
    weighed = meter(form, villages=32, rows=100, seconds=45)
    assert (weighed.held, weighed.asked, weighed.share, weighed.people) == (1, 2, "33%", 32)
    assert (weighed.answers, weighed.exact_minutes, weighed.minutes) == (132, Fraction(99), 99)
    assert weighed.minutes_each == 4  # 99/32, a begun minute is one
    free = meter(shipped()[0], villages=32, rows=9_000, seconds=45)
    assert (free.share, free.people, free.minutes, free.minutes_each) == ("100%", 0, 0, 0)


def test_months_follow_one_another() -> None:
    assert (next_month(date(2018, 12, 1)), month_before(date(2018, 1, 1))) == (date(2019, 1, 1), date(2017, 12, 1))
