"""Owns a server until it is told to stop: the parent process in the drills."""

import signal
import sys
import time

from redhouse.kit.errors import HouseError
from redhouse.kit.postgres import Server

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
server = Server(what="drill")
try:
    server.start()
except HouseError as error:
    print(f"{type(error).__name__}: {error.message}")  # noqa: T201
    sys.exit(error.exit_code)
try:
    print("ready", flush=True)  # noqa: T201
    while True:
        time.sleep(60)
finally:
    server.stop()
