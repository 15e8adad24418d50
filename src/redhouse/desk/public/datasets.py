"""Open data: small tables of numbers, villages and venues, each column with its type and its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from redhouse.desk.public import town
from redhouse.desk.public.moment import Moment
from redhouse.desk.public.sheet import published_sheet
from redhouse.work.answers.queries import load_figures

TEXT, WHOLE, DAY = "text", "integer", "date"


@dataclass(frozen=True)
class Column:
    """`type` is text, integer or date."""

    name: str
    type: str
    title: str | Promise


@dataclass(frozen=True)
class Dataset:
    """A table with a stable name. `rows(moment)` gives tuples in the order of the columns."""

    name: str
    title: str | Promise
    about: str | Promise
    columns: tuple[Column, ...]
    rows: Callable[[Moment], list[tuple[Any, ...]]]


def _figures(moment: Moment) -> list[tuple[Any, ...]]:
    """The figure itself, then its parts; a ratio is given by its two whole numbers."""
    sheet = published_sheet(moment.code, moment)
    rows: list[tuple[Any, ...]] = []
    for answer in sheet.answers:
        header = answer.figure.header
        own = (answer.figure.id, "", header["name"], answer.numerator, answer.denominator, header["unit"])
        parts = [(answer.figure.id, part, header["name"], number, None, "") for part, number in answer.parts.items()]
        state = "approved" if sheet.approved_on else "computed"
        rows += [(*row, state, sheet.as_of, sheet.last_fact_id) for row in (own, *parts)]
    return rows


def _definitions(moment: Moment) -> list[tuple[Any, ...]]:
    keys = ("name", "name_en", "unit", "definition", "definition_en", "clause", "clause_en", "caveat", "caveat_en")
    return [
        (figure.id, *(figure.header.get(key, "") for key in keys), figure.count_sql, figure.digest)
        for figure in load_figures().values()
    ]


def _villages(moment: Moment) -> list[tuple[Any, ...]]:
    return [
        (
            one.code, one.name, one.kind, one.bodies, one.venues, one.centre_part, one.visits.numerator,
            one.coverage.numerator, one.rate.denominator, moment.as_of, moment.cut,
        )
        for one in town.villages(moment)
    ]  # fmt: skip


def _venues(moment: Moment) -> list[tuple[Any, ...]]:
    return [
        (
            one.venue_id, one.division_code, one.village or "", one.name, one.level, one.kind, one.state or "",
            one.since_on, one.target_on, one.served,
        )
        for one in town.venues(moment, moment.code)
    ]  # fmt: skip


CUTS = (Column("as_of", DAY, _("截至日")), Column("cut", WHOLE, _("截至账本第几条")))

DATASETS = {
    dataset.name: dataset
    for dataset in (
        Dataset(
            "figures",
            _("全镇数字"),
            _("答卷的每个数字和它的分项；比率给出分子与分母。"),
            (
                Column("figure", TEXT, _("编号")),
                Column("part", TEXT, _("分项，空为数字本身")),
                Column("name", TEXT, _("名称")),
                Column("numerator", WHOLE, _("分子，或计数")),
                Column("denominator", WHOLE, _("分母")),
                Column("unit", TEXT, _("单位")),
                Column("state", TEXT, _("approved 为已批准，computed 为未经批准的现算数")),
                *CUTS,
            ),
            _figures,
        ),
        Dataset(
            "definitions",
            _("口径"),
            _("每个数字数的是什么、依据哪一条、由哪段 SQL 数出。"),
            (
                Column("figure", TEXT, _("编号")),
                Column("name", TEXT, _("名称")),
                Column("name_en", TEXT, _("英文名称")),
                Column("unit", TEXT, _("单位")),
                Column("definition", TEXT, _("定义")),
                Column("definition_en", TEXT, _("英文定义")),
                Column("clause", TEXT, _("依据")),
                Column("clause_en", TEXT, _("英文依据")),
                Column("caveat", TEXT, _("说明")),
                Column("caveat_en", TEXT, _("英文说明")),
                Column("sql", TEXT, _("计数的 SQL")),
                Column("digest", TEXT, _("口径的 SHA-256")),
            ),
            _definitions,
        ),
        Dataset(
            "villages",
            _("村（社区）"),
            _("每个村（社区）的组织数、阵地数、中心状态、走访与户联系。"),
            (
                Column("code", TEXT, _("区划代码")),
                Column("name", TEXT, _("名称")),
                Column("kind", TEXT, _("类别")),
                Column("bodies", WHOLE, _("组织数")),
                Column("venues", WHOLE, _("阵地数")),
                Column("centre", TEXT, _("党群服务中心状态")),
                Column("visits", WHOLE, _("本年走访人次")),
                Column("contacted_households", WHOLE, _("有党员联系的户")),
                Column("households", WHOLE, _("在册户")),
                *CUTS,
            ),
            _villages,
        ),
        Dataset(
            "venues",
            _("阵地"),
            _("三级阵地的名称、类别、状态与启用计划。"),
            (
                Column("venue_id", WHOLE, _("编号")),
                Column("division_code", TEXT, _("区划代码")),
                Column("village", TEXT, _("村（社区）")),
                Column("name", TEXT, _("名称")),
                Column("level", TEXT, _("层级")),
                Column("kind", TEXT, _("类别")),
                Column("state", TEXT, _("状态")),
                Column("since_on", DAY, _("状态自")),
                Column("target_on", DAY, _("计划启用")),
                Column("served", WHOLE, _("服务人口")),
            ),
            _venues,
        ),
    )
}
