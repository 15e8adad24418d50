"""A phone sends what it wrote, and the house dies in the middle of it: sent again, every entry arrives exactly once."""

import json
import os
import signal
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import TODAY
from tests.commands.conftest import Commanded
from tests.commands.test_serve import Serving, alive
from tests.desk.api.phone import JPEG, SYNC
from tests.kit.postgres.house import SECONDS, until

pytestmark = [pytest.mark.drill, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]

SCENE = Path(__file__).with_name("caseload.py")
ENTRIES, BATCH = 300, 150
STANDS = {"REDHOUSE_DEMO": "1", "REDHOUSE_TODAY": TODAY.isoformat()}


class Phone:
    """Sends by HTTP as the app does; what has no answer waits."""

    def __init__(self, household: str, session: str) -> None:
        self.session = session
        self.waiting = [self.visit(int(household), number) for number in range(ENTRIES)]
        self.answers: list[str] = []

    @staticmethod
    def visit(household: int, number: int) -> dict[str, Any]:
        entry = {"kind": "visit", "key": str(uuid4()), "written_at": datetime.now(UTC).isoformat()}
        day = (TODAY - timedelta(days=number)).isoformat()
        photos = ["lamp.jpg"] if number % 10 == 0 else []  # between them, nine at a time are taken together
        return entry | {"household": household, "happened_on": day, "needs": "灯不亮 𠮷 龑 👵", "photos": photos}

    def send(self, port: int) -> None:
        """Batch after batch until nothing waits. Raises OSError or HTTPException where the house does not answer."""
        token, address = "c" * 32, f"http://127.0.0.1:{port}{SYNC}"
        while self.waiting:
            border, fields = uuid4().hex, {"sent_at": datetime.now(UTC).isoformat()}
            fields["batch"] = json.dumps(self.waiting[:BATCH])
            part = f'--{border}\r\nContent-Disposition: form-data; name="'
            body = "".join(f'{part}{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()).encode()
            body += f'{part}photo"; filename="lamp.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'.encode() + JPEG
            headers = {
                "Cookie": f"sessionid={self.session}; csrftoken={token}",
                "X-CSRFToken": token,
                "Content-Type": f"multipart/form-data; boundary={border}",
            }
            request = urllib.request.Request(address, body + f"\r\n--{border}--\r\n".encode(), headers)
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                said = json.load(answer)["entries"]
            self.answers += [each["state"] for each in said]
            settled = {each["key"] for each in said if each["state"] in ("accepted", "duplicate")}
            assert len(settled) == len(said), said
            self.waiting = [entry for entry in self.waiting if entry["key"] not in settled]


def taken(house: Commanded) -> int:
    with house.connect("super") as connection:
        row = connection.execute("SELECT count(*) FROM clients_entry").fetchone()
    assert row is not None
    return int(str(row[0]))


@contextmanager
def stuck(house: Commanded, entry: dict[str, Any]) -> Iterator[None]:
    """Whoever takes this entry waits: somebody else is at it, and never done. Ends when the database dies."""
    with house.connect("super") as connection:
        connection.execute("BEGIN")
        connection.execute(
            "INSERT INTO clients_entry (key, kind, written_at, ahead_ms, sent_by_id)"
            " SELECT %s, 'visit', now(), 0, min(id) FROM people_person",
            [entry["key"]],
        )
        yield
        connection.close()


def test_a_house_killed_in_the_middle_of_a_push_takes_every_entry_once(house: Commanded) -> None:
    out, err = (scene := house.run(str(SCENE), **STANDS)).communicate(timeout=SECONDS)
    assert scene.returncode == 0, err
    phone = Phone(*out.split())
    serving = Serving(house, "--workers", "1", **STANDS)
    lost: list[Exception] = []

    def send() -> None:
        try:
            phone.send(serving.port)
        except urllib.error.HTTPError as error:  # the house still said that its database was gone
            error.close()
            lost.append(error)
        except (OSError, HTTPException) as error:
            lost.append(error)

    sending = threading.Thread(target=send)
    with stuck(house, phone.waiting[BATCH + BATCH // 2]):
        sending.start()
        until(lambda: taken(house) > BATCH + 5, "the second batch is under way")
        everything = serving.web() | set(house.servers())
        os.kill(house.postmaster(), signal.SIGKILL)  # the database first, then whoever would have started it again
        serving.main.kill()
    sending.join(SECONDS)
    assert lost, "it was all sent before the house died"
    until(lambda: not alive(everything), "all gone")

    again = Serving(house, "--workers", "1", **STANDS)
    before = taken(house)
    assert BATCH < before < ENTRIES
    phone.send(again.port)
    assert phone.answers.count("accepted") == ENTRIES - (before - BATCH)
    assert phone.answers.count("duplicate") == before - BATCH, "what was taken and never answered"
    with house.connect("super") as connection:
        row = connection.execute(
            "SELECT count(*), count(DISTINCT happened_on), (SELECT count(*) FROM visits_visit),"
            " (SELECT count(*) FROM visits_visitphoto), (SELECT count(*) FROM clients_entry)"
            " FROM ledger_fact WHERE kind = 'visit_recorded'"
        ).fetchone()
    assert row == (ENTRIES, ENTRIES, ENTRIES, ENTRIES // 10, ENTRIES)
