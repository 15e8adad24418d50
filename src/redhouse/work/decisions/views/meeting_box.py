"""The public board of a closed box: receipts, the ballots to count again, the file. No sign-in, and nobody's name."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from redhouse.ground.papers.storage import open_file
from redhouse.ground.process.models import Box, Tally
from redhouse.ground.process.queries.elections import said
from redhouse.kit.ballots import normal_receipt
from redhouse.kit.box import CANDIDATE, CHOICES, read_box, recount
from redhouse.kit.box import Box as PublishedBox
from redhouse.kit.voting.approvals import read_seats
from redhouse.web.access import public
from redhouse.work.decisions.queries.meeting_page import title_of

COLUMNS = 8
DAY = 24 * 3600


def _found(box_id: int) -> tuple[Box, str]:
    """A closed box and its published text."""
    boxes = Box.objects.select_related(
        "paper", "meeting__roll__run__version", "meeting__roll__run__host", "meeting__occasion"
    )
    box = boxes.filter(pk=box_id, paper__isnull=False).first()
    if box is None or box.paper is None:
        raise Http404
    with open_file(box.paper.versions.order_by("version_no")[0].sha256) as file:
        return box, file.read().decode()


@public
@require_safe
def board(request: HttpRequest, box_id: int) -> HttpResponse:
    """Find one's own receipt; count again with a pencil."""
    box, text = _found(box_id)
    content = read_box(text)
    again = recount(content.ballots)
    asked = normal_receipt(request.GET.get("receipt", "")[:40])
    by_choice: dict[str, list[str]] = {}
    for ballot in content.ballots:
        by_choice.setdefault(ballot.choice, []).append(ballot.id)
    answer = render(
        request,
        "decisions/box.html",
        {
            "box": box,
            "meeting": box.meeting,
            "matter": title_of(box.meeting.roll.run),
            "host": box.meeting.roll.run.host,
            "content": content,
            "again": again,
            "piles": [(choice, said(choice), ids) for choice, ids in sorted(by_choice.items(), key=_place)],
            "votes": seat_votes(content, again),
            "asked": asked,
            "inside": asked in content.receipts if asked else None,
            "digest": content.digest(),
            "tally": Tally.objects.filter(meeting=box.meeting).first(),
        },
    )
    patch_cache_control(answer, public=True, max_age=60)
    return answer


def _place(pile: tuple[str, list[str]]) -> tuple[int, str]:
    """In the order of a ballot; numbers of candidates before."""
    return (CHOICES.index(pile[0]) if pile[0] in CHOICES else -1, pile[0])


def seat_votes(content: PublishedBox, again: Mapping[str, int]) -> list[tuple[str, int, int, int]]:
    """Seat, posts, number of a candidate, votes: by number, since no name is in the file."""
    if "seats" not in content.about:
        return []
    return [
        (seat.name, seat.posts, number, again.get(f"{CANDIDATE}{number}", 0))
        for seat in read_seats(str(content.about["seats"]))
        for number in seat.candidates
    ]


@public
@require_safe
def file(request: HttpRequest, box_id: int) -> HttpResponse:
    """The published box itself, byte for byte as its digest is in the public log."""
    box, text = _found(box_id)
    answer = HttpResponse(text, content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="box-{box.pk}.json"'
    patch_cache_control(answer, public=True, max_age=DAY)
    return answer
