"""The public log: signed heads, keys, proofs; and the page that checks what somebody has in hand."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from redhouse.desk.public import receipts
from redhouse.desk.public.caching import published
from redhouse.desk.public.moment import Moment, public_moment
from redhouse.ground.ledger.keys import house_key, trusted_keys
from redhouse.ground.ledger.models import Entry, TreeHead
from redhouse.ground.ledger.queries import consistency_between, proof_of
from redhouse.kit.record import Head
from redhouse.web.access import public
from redhouse.web.publishing import keep, slow_down, too_often

PAGE, MANY = 50, 1000  # heads on a page, and in one answer for machines
PROOFS_A_MINUTE = 20  # each reads every leaf of the log
CHECKS_A_MINUTE = 60
DAY, YEAR = 24 * 3600, 365 * 24 * 3600


@published
def index(request: HttpRequest, moment: Moment) -> HttpResponse:
    """Signed heads, newest first; `before` (a size) pages back."""
    before = _number(request.GET.get("before", ""))
    heads = TreeHead.objects.order_by("-size")
    shown = list((heads.filter(size__lt=before) if before else heads)[: PAGE + 1])
    found = {"here": "log", "moment": moment, "heads": shown[:PAGE], "more": len(shown) > PAGE}
    return render(request, "open/log.html", found | {"keys": sorted(trusted_keys()), "own": house_key().key_id})


@published
def heads(request: HttpRequest, moment: Moment) -> HttpResponse:
    """Signed heads for machines: at most a thousand with a size above `after`, smallest first."""
    after = _number(request.GET.get("after", "")) or 0
    shown = TreeHead.objects.filter(size__gt=after).order_by("size")[:MANY]
    return JsonResponse({"heads": [_plain(head).as_json() for head in shown]})


@public
@require_safe
def key(request: HttpRequest, key_id: str) -> HttpResponse:
    """A public key that signs, or once signed, heads (PEM)."""
    pem = trusted_keys().get(key_id)
    if pem is None:
        raise Http404
    answer = HttpResponse(pem, content_type="application/x-pem-file")
    answer.headers["Content-Disposition"] = f'attachment; filename="redhouse-log-{key_id}.pem"'
    keep(answer, DAY)
    return answer


@public
@require_safe
def consistency(request: HttpRequest) -> HttpResponse:
    """RFC 6962 proof that the log of `to` leaves begins with the log of `from` leaves; both are sizes of heads."""
    sizes = [_number(request.GET.get(name, "")) for name in ("from", "to")]
    found = {head.size: head for head in TreeHead.objects.filter(size__in=[size for size in sizes if size])}
    old, new = (found.get(size or 0) for size in sizes)
    if old is None or new is None or old.size > new.size:
        return _wrong(_("请写 from 与 to：两个已公布的日志头的条数，前者不大于后者。"))
    key = f"open:consistency:{old.size}:{new.size}"
    path: list[str] | None = cache.get(key)
    if path is None:
        if too_often(request, "proof", per_minute=PROOFS_A_MINUTE):
            return slow_down(request)
        path = [node.hex() for node in consistency_between(old.size, new.size)]
        cache.set(key, path, DAY)
    answer = JsonResponse({"from": _plain(old).as_json(), "to": _plain(new).as_json(), "path": path})
    keep(answer, YEAR)  # true for ever
    return answer


@public
@require_safe
def fact(request: HttpRequest, fact_id: int) -> HttpResponse:
    """The receipt of one fact: leaf, path and head, and nothing of what the fact says."""
    newest = TreeHead.objects.order_by("-size").values_list("size", flat=True).first()
    if not Entry.objects.filter(fact_id=min(fact_id, (1 << 63) - 1)).exists():
        raise Http404
    key = f"open:fact:{fact_id}:{newest}"
    receipt: dict[str, object] | None = cache.get(key)
    if receipt is None:
        if too_often(request, "proof", per_minute=PROOFS_A_MINUTE):
            return slow_down(request)
        receipt = proof_of(fact_id)
        cache.set(key, receipt, DAY)
    answer = JsonResponse(receipt, json_dumps_params={"indent": 1})
    keep(answer, 60)
    return answer


@csrf_exempt  # it reads and changes nothing; a token would make the page personal
@public
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Check a digest (`?digest=`, so that a code on paper can lead here) or a receipt (posted)."""
    digest, receipt = request.GET.get("digest", "").strip()[:200], request.POST.get("receipt", "")
    context: dict[str, Any] = {
        "here": "verify",
        "moment": public_moment(timezone.now()),
        "digest": digest,
        "receipt": receipt,
    }
    if digest or receipt:
        if too_often(request, "verify", per_minute=CHECKS_A_MINUTE):
            return slow_down(request)
        try:
            if receipt:
                context["steps"] = receipts.check_receipt(receipt)
                context["holds"] = all(step.holds for step in context["steps"])
            else:
                context["found"] = receipts.find_digest(receipts.read_digest(digest))
        except receipts.BadReceipt as error:
            context["sentence"] = error.message
    answer = render(request, "open/verify.html", context)
    if request.method != "POST":
        keep(answer, 60)
    return answer


def _plain(head: TreeHead) -> Head:
    return Head(head.size, head.last_fact_id, bytes(head.root), bytes(head.signature), head.key_id, head.signed_at)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _wrong(sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=400, json_dumps_params={"ensure_ascii": False})
