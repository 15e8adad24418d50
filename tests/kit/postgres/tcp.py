"""A PostgreSQL server as an administrator would run it, for the tests of DATABASE_URL."""

import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from redhouse.kit.postgres import locate
from redhouse.kit.postgres.account import server_account
from redhouse.kit.postgres.leash import leashed
from tests.kit.postgres.house import SECONDS, folder, until


def url(port: int, user: str, database: str, password: str = "secret", host: str = "127.0.0.1") -> str:
    return f"postgresql://{user}:{password}@{host}:{port}/{database}"


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@contextmanager
def tcp_server() -> Iterator[int]:
    """A server as an administrator would run it: TCP on loopback, passwords, a superuser `dba`."""
    account, binaries, port = server_account(), locate(), free_port()

    def command(program: str, *options: str) -> list[str]:
        call = [binaries.program(program), *options]
        return leashed(call, with_signal=signal.SIGQUIT, uid=account.uid, gid=account.gid)

    with folder(0o777) as place:
        (place / "password").write_text("secret\n")
        made = [
            "-D",
            str(place / "data"),
            "-U",
            "dba",
            "-A",
            "scram-sha-256",
            f"--pwfile={place}/password",
            "-E",
            "UTF8",
        ]
        subprocess.run(command("initdb", *made, "--locale=C.UTF-8", "-N"), check=True, capture_output=True)
        run = ["-D", str(place / "data"), "-p", str(port), "-k", str(place), "-c", "listen_addresses=127.0.0.1"]
        server = subprocess.Popen(command("postgres", *run), stderr=subprocess.DEVNULL)
        try:
            until(lambda: _answers(port), "the server answers")
            yield port
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait(SECONDS)


def _answers(port: int) -> bool:
    try:
        psycopg.connect(url(port, "dba", "postgres")).close()
    except psycopg.OperationalError:
        return False
    return True
