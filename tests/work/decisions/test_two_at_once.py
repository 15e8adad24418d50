"""Two people close one step at the same instant through the doors, the page and the API: exactly one does it; the other
is told by whom it was done, and has what they typed before them."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from redhouse.ground.access.models import Account
from redhouse.ground.access.reach import set_reach
from redhouse.ground.process.actions import open_run
from redhouse.ground.process.models import RunStep
from redhouse.ground.process.queries import matures_on, open_step
from redhouse.kit.today import stand_at
from redhouse.work.decisions.models import Matter
from tests.cast import SOCIETY, person
from tests.ground.process.conftest import _the_engine_by_itself  # noqa: F401
from tests.ground.process.factories import FACTS, adopted, close, file_evidence, society
from tests.ground.process.votes import SENT, TEXT

CLOSERS = ("secretary", "station")  # both owe the review


def at_review() -> tuple[Matter, RunStep]:
    adopted(TEXT)
    run = open_run(code="P07", host=society(), facts=FACTS, by=person("director"), on=SENT)
    matter = Matter.objects.create(
        run=run, number="P07-01", title="分红", division_code=SOCIETY, proposed_on=SENT, proposed_by=person("director"),
        summary="",
    )  # fmt: skip
    on = SENT
    while (step := open_step(run)) is not None and step.key != "review":
        on = max(on, matures_on(step) or on)
        file_evidence(step, on)
        close(run, on=on)
        run.refresh_from_db()
    assert step is not None
    stand_at(on)
    return matter, step


def by_page(client: Client, matter: Matter, step: RunStep, reason: str) -> Any:
    said = {"step": step.pk, "outcome": "returned", "reason": reason}
    return client.post(f"/decisions/{matter.pk}/close/", said)


def by_api(client: Client, matter: Matter, step: RunStep, reason: str) -> Any:
    said = {"step": step.pk, "outcome": "returned", "reason": reason}
    return client.post(f"/api/v1/matters/{matter.pk}/close", said, "application/json")


def at_once(jobs: list[Callable[[], Any]]) -> list[Any]:
    gate, answers = Barrier(len(jobs), timeout=60), [None] * len(jobs)

    def work(place: int) -> None:
        gate.wait()
        answers[place] = jobs[place]()
        connections.close_all()

    threads = [Thread(target=work, args=(place,)) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    set_reach("*")
    return answers


@pytest.mark.parametrize(
    "doors", [(by_page, by_page), (by_api, by_api), (by_page, by_api)], ids=["pages", "api", "both"]
)
def test_one_closes_the_step_and_the_other_keeps_their_words(town: str, doors: tuple[Any, Any]) -> None:
    matter, step = at_review()
    clients = {name: Client() for name in CLOSERS}
    for name, client in clients.items():
        client.force_login(Account.objects.get(username=name))
    reasons = {name: f"{name}写的退回理由" for name in CLOSERS}
    jobs = [
        lambda door=door, name=name: door(clients[name], matter, step, reasons[name])
        for door, name in zip(doors, CLOSERS, strict=True)
    ]
    answers = at_once(jobs)  # type: ignore[arg-type]
    refused = [place for place, answer in enumerate(answers) if answer.status_code == 409]
    assert len(refused) == 1, [answer.status_code for answer in answers]
    [loser] = refused
    winner = CLOSERS[1 - loser]
    closed = RunStep.objects.get(pk=step.pk)
    assert (closed.closed_by, closed.reason) == (person(winner), reasons[winner])
    assert RunStep.objects.filter(run=matter.run, outcome="").count() == 1
    text = answers[loser].content.decode() if doors[loser] is by_page else answers[loser].json()["detail"]
    assert "办结" in text or "已经有人办了" in text
    if doors[loser] is by_page:
        assert reasons[CLOSERS[loser]] in text, "nothing that was typed is lost"
