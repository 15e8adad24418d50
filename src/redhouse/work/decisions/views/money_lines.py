"""Line by line: masked for those who hold an office of the matter; with full names only for a reason, and recorded."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from redhouse.ground.access.enums import LookReason
from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.rules import NotYet
from redhouse.kit.numbers import chinese_capitals, exact_yuan, wholes, yuan
from redhouse.kit.today import today
from redhouse.kit.workbook import Form, write_form
from redhouse.web.access import needs
from redhouse.web.files import as_workbook
from redhouse.web.request import PersonRequest
from redhouse.work.decisions import actions, rules
from redhouse.work.decisions.forms import PaymentForm, UnpaidForm
from redhouse.work.decisions.models import Distribution, DistributionLine, Matter
from redhouse.work.decisions.queries.money_page import Totals, lines_of, money_for, reason_word, totals_of, unit_word
from redhouse.work.decisions.views.matters import head

A_PAGE = 100
WHO = gettext_lazy("每个人的金额只给办理这件事项的人看；您自己的一份在“资金”里。")
officers = needs(rules.may_see_lines, money_for, who=WHO)


@officers
@require_safe
@never_cache
def index(request: PersonRequest, matter: Matter) -> HttpResponse:
    """Every line, names masked; `unpaid` only those that are owed."""
    totals, distribution = _totals(matter)
    only = request.GET.get("unpaid") == "1"
    with everything():
        page = Paginator(lines_of(distribution, unpaid_only=only), A_PAGE).get_page(request.GET.get("page"))
        lines = [(line, reason_word(line.reason)) for line in page]
    context = head(request, matter) | {
        "totals": totals,
        "page": page,
        "lines": lines,
        "only": only,
        "unit": unit_word(totals.register.basis),
        "may_pay": rules.may_pay(request.person, matter, on=today()),
        "may_take_names": rules.may_take_names(request.person, matter, on=today()),
        "reasons": LookReason.choices,
        "payment_form": PaymentForm(initial={"paid_on": today()}),
        "unpaid_form": UnpaidForm(),
    }
    return render(request, "decisions/money_lines.html", context)


@officers
@require_safe
@never_cache
def workbook(request: HttpRequest, matter: Matter) -> HttpResponseBase:
    """The table as it is printed and filed, names masked."""
    totals, distribution = _totals(matter)
    with everything():
        lines = list(lines_of(distribution))
    return _sent(matter, totals, lines, [line.person.masked_name for line in lines])


@officers
@require_POST
@never_cache
def names(request: PersonRequest, matter: Matter) -> HttpResponseBase:
    """The same with full names, for the bank: for a reason, and a record about everybody on it."""
    try:
        reason = LookReason(request.POST.get("reason", ""))
        lines = actions.take_names(matter=matter, reason=reason, by=request.person, on=today())
    except ValueError as error:
        said = error.missing if isinstance(error, NotYet) else [_("请选择事由：看全姓名或号码要有事由，并会记下来。")]
        messages.error(request, "；".join(said))
        return redirect("decisions:money-lines", matter.pk)
    except PermissionDenied as error:
        messages.error(request, str(error))
        return redirect("decisions:money-lines", matter.pk)
    return _sent(matter, _totals(matter)[0], lines, [line.person.name for line in lines])


def _totals(matter: Matter) -> tuple[Totals, Distribution]:
    totals = totals_of(matter)
    if totals is None or totals.distribution is None:
        raise Http404
    return totals, totals.distribution


def _sent(matter: Matter, totals: Totals, lines: Sequence[DistributionLine], who: Sequence[str]) -> FileResponse:
    """Workbooks are Chinese documents whatever the language of the page."""
    with override("zh-hans"):
        form = _form(matter, totals, lines, who)
        return as_workbook(lambda file: write_form(file, form), f"{matter.title}分配表.xlsx")


def _form(matter: Matter, totals: Totals, lines: Sequence[Any], who: Sequence[str]) -> Form:
    register, distribution = totals.register, totals.distribution
    assert distribution is not None
    unit, scale = unit_word(register.basis), register.scale
    per = totals.per_whole
    assert per is not None
    rows = (
        (
            line.share.number,
            name,
            line.share.household.dwelling.door if line.share.household else "",
            wholes(line.share.units, scale),
            Decimal(line.amount_fen) / 100,
            line.paid_on.isoformat() if line.paid_on else reason_word(line.reason),
            "",
        )
        for line, name in zip(lines, who, strict=True)
    )
    return Form(
        name="分配表",
        title=f"{matter.title}分配表",
        above=(
            f"单位：{matter.run.host.name}　　事项编号：{matter.number}",
            f"登记册截至{register.as_of}，{register.holders}人，{wholes(register.units, scale)}{unit}　　"
            f"每{unit}{exact_yuan(per)}元",
            f"登记册摘要：{register.digest}",
            f"分配表摘要：{distribution.digest}",
        ),
        headings=("册号", "姓名", "门牌", f"份额（{unit}）", "金额（元）", "发放", "签名"),
        widths=(8, 14, 28, 14, 18, 20, 16),
        rows=rows,
        total=(
            "合计", f"{register.holders}人", "", wholes(register.units, scale), Decimal(distribution.total_fen) / 100,
            "", "",
        ),
        below=(
            f"人民币（大写）{chinese_capitals(distribution.total_fen)}　　（{yuan(distribution.total_fen)}元）",
            "计算：每人金额＝总额×份额÷份额合计，先舍到分；余下的分按余数从大到小各补一分，余数相同的册号小的在先。",
            "理事长：　　　　　　　　监事长：　　　　　　　　经办人：　　　　　　　　　　　　年　　月　　日",
        ),
        numbers=frozenset({0, 3, 4}),
    )  # fmt: skip
