"""The two doors beside the pages, by which a story may be told: the API over HTTP, and `redhouse matter`."""

import json
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from redhouse.cli import redhouse
from redhouse.desk.verbs import ALL
from redhouse.ground.access.models import Account
from redhouse.ground.access.reach import set_reach

File = tuple[str, bytes]  # name, content


class Door(Protocol):
    def do(self, who: str, verb: str, /, *numbers: object, refused: str = "", **fields: Any) -> dict[str, Any]:
        """Do it, or be refused with these words; what came of it."""

    def see(self, who: str, kind: str, number: int) -> dict[str, Any]: ...

    def bundle(self, who: str, number: int, path: Path) -> None: ...


class Api:
    """Each person with a session of their own, and with the token that a browser must send."""

    def __init__(self) -> None:
        self.clients: dict[str, Client] = {}

    def client(self, who: str) -> Client:
        if who not in self.clients:
            client = self.clients[who] = Client(enforce_csrf_checks=True)
            client.force_login(Account.objects.get(username=who))
            client.get("/api/v1/matters")
        return self.clients[who]

    def send(self, who: str, verb: str, /, *numbers: object, key: str = "", **fields: Any) -> Any:
        address = ALL[verb].address
        for number in numbers:
            address = address.replace(address[address.index("{") : address.index("}") + 1], str(number), 1)
        files = {name: SimpleUploadedFile(*value) for name, value in fields.items() if isinstance(value, tuple)}
        client, body = self.client(who), fields | files
        headers = {"X-CSRFToken": client.cookies["csrftoken"].value} | ({"Idempotency-Key": key} if key else {})
        if files:
            answer = client.post(f"/api/v1/{address}", body, headers=headers)
        else:
            answer = client.post(
                f"/api/v1/{address}", json.dumps(body, default=str), "application/json", headers=headers
            )
        set_reach("*")
        return answer

    def do(self, who: str, verb: str, /, *numbers: object, refused: str = "", **fields: Any) -> dict[str, Any]:
        answer = self.send(who, verb, *numbers, **fields)
        assert (answer.status_code in (403, 404, 409, 422)) == bool(refused), (verb, answer.content.decode()[:900])
        if answer["Content-Type"] == "application/pdf":
            return {}
        said = answer.json()
        assert refused in said.get("detail", "") + "".join(said.get("refused", ())), (verb, said)
        return said.get("came", {}) | {"refused": said.get("refused", [])}

    def see(self, who: str, kind: str, number: int) -> dict[str, Any]:
        path = {"doors": f"matters/{number}/doors"}.get(kind, f"{kind}s/{number}")
        answer = self.client(who).get(f"/api/v1/{path}")
        set_reach("*")
        assert answer.status_code == 200, answer.content
        seen: dict[str, Any] = answer.json()
        return seen

    def bundle(self, who: str, number: int, path: Path) -> None:
        answer = self.client(who).get(f"/api/v1/matters/{number}/bundle")
        path.write_bytes(b"".join(answer))
        set_reach("*")


class Command:
    """The roles of the demo, at a terminal of the house."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, who: str, *args: str) -> Any:
        found = CliRunner().invoke(redhouse, ["matter", args[0], "--account", who, *args[1:]])
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        set_reach("*")
        return found

    def do(self, who: str, verb: str, /, *numbers: object, refused: str = "", **fields: Any) -> dict[str, Any]:
        words = []
        for name, value in fields.items():
            if isinstance(value, tuple):
                path = self.folder / f"{uuid4()}-{value[0]}"
                path.write_bytes(value[1])
                words.append(f"{name}=@{path}")
            else:
                words += [f"{name}={each}" for each in (value if isinstance(value, list) else [value])]
        found = self.run(who, "do", verb, *map(str, numbers), *words)
        assert (found.exit_code != 0) == bool(refused), (verb, found.output)
        assert refused in found.output, (verb, found.output)
        lines = [line for line in found.stdout.splitlines() if line.startswith("{")]
        return (json.loads(lines[0]) if lines else {}) | {"refused": found.stderr.splitlines()}

    def see(self, who: str, kind: str, number: int) -> dict[str, Any]:
        found = self.run(who, "show", str(number), "--kind", kind, "--json")
        assert found.exit_code == 0, found.output
        seen: dict[str, Any] = json.loads(found.stdout)
        return seen

    def bundle(self, who: str, number: int, path: Path) -> None:
        assert self.run(who, "bundle", str(number), str(path)).exit_code == 0
