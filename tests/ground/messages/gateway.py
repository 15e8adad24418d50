"""The outside world of the tests: a gateway for text messages and robots, and a mail server, on this machine."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Gateway:
    """What came in, and what to answer next: a status, once each; then 200."""

    url: str
    answers: list[int] = field(default_factory=list)
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)
    hold: threading.Event | None = None  # while set and not yet released, an answer waits

    @property
    def bodies(self) -> list[dict[str, str]]:
        return [json.loads(body) for _, body in self.came]


@contextmanager
def gateway() -> Iterator[Gateway]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            here.came.append(({name.lower(): value for name, value in self.headers.items()}, body))
            here.arrived.set()
            if here.hold is not None:
                here.hold.wait(30)
            status = here.answers.pop(0) if here.answers else 200
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", here.url)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with _served(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        here = Gateway(f"http://127.0.0.1:{port}/send")
        yield here


@contextmanager
def mail_server() -> Iterator[tuple[int, list[str]]]:
    """The port, and the messages as they came, each with the lines of its envelope."""
    came: list[str] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 house\r\n")
            envelope = ""
            while line := self.rfile.readline():
                word = line[:4].upper()
                if word in (b"MAIL", b"RCPT"):
                    envelope += line.decode()
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    text = b""
                    while not text.endswith(b"\r\n.\r\n"):
                        text += self.rfile.readline()
                    came.append(envelope + text.decode())
                self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 well\r\n")
                if word == b"QUIT":
                    return

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    with _served(server) as port:
        yield port, came


@contextmanager
def _served(server: socketserver.BaseServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_address[1]  # type: ignore[index, misc]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
