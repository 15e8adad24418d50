"""`redhouse serve`: database, web and background work in one; whoever dies, nothing is left behind."""

import errno
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from redhouse.commands._house import own_house
from redhouse.kit.errors import BUSY, CONFIG, NO_PERMISSION, HouseError
from redhouse.kit.postgres.keeper import Keeper
from redhouse.kit.postgres.leash import die_with_parent

HOST, PORT = "127.0.0.1", 8018
THREADS = 4  # that answer requests, in each web process
PATIENCE = 10  # seconds for requests under way, and for the worker, before a kill


@click.command()
@click.option("--host", default=HOST, show_default=True, help="监听的地址；0.0.0.0 表示所有网卡。")
@click.option(
    "--port", default=PORT, show_default=True, type=click.IntRange(0, 65535), help="端口；0 表示任选一个空的。"
)
@click.option("--workers", default=None, type=click.IntRange(1, 64), help="网页进程数。  [默认：2，单核机 1]")
@click.option("--worker/--no-worker", default=True, show_default=True, help="是否同时运行后台。")
def command(host: str, port: int, workers: int | None, worker: bool) -> None:
    """开门：数据库（没有 DATABASE_URL 时）、网页和后台一起运行。Ctrl-C 停止。"""
    port = free_port(host, port)
    with own_house("serve"):
        serve_house(host, port, workers=workers, worker=worker)


def free_port(host: str, port: int) -> int:
    """Make sure that we may listen there, before anything is started; 0 picks a free port. Raises HouseError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port that was left a moment ago is free
            trial.bind(address)
            trial.listen()
            return int(trial.getsockname()[1])
    except socket.gaierror:
        raise HouseError(f"地址 {host} 找不到。本机用 127.0.0.1，对外用 0.0.0.0。", CONFIG) from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise HouseError(f"端口 {port} 已被别的程序占用。请停止它，或用 --port 另选一个端口。", BUSY) from None
        if error.errno == errno.EACCES:
            raise HouseError(f"无权使用端口 {port}。请用 --port 选 1024 以上的端口。", NO_PERMISSION) from None
        raise HouseError(f"不能在 {host}:{port} 监听（{error.strerror}）。请检查 --host。", CONFIG) from None


def serve_house(host: str, port: int, *, workers: int | None = None, worker: bool = True) -> None:
    """Answer requests until SIGTERM or SIGINT, with the database standing already (see `own_house`).

    Stops the web first, then the background work; whoever called stops the database.
    """
    background = Keeper(
        "后台",
        _spawn_worker,
        signals=[signal.SIGTERM, signal.SIGKILL],
        patience=PATIENCE,
        on_loss=lambda error: click.echo(f"错误：{error.message}", err=True),
    )
    then = background.start if worker else lambda: None  # not at once: on two cores it would keep the door shut longer
    threading.Thread(target=_announce, args=(host, port, then), daemon=True).start()
    try:
        _web(host, port, workers or min(2, os.cpu_count() or 1))
    finally:
        if worker:
            background.stop()


def _web(host: str, port: int, workers: int) -> None:
    # spawn, not fork: this process has threads and open connections, which a copy must not inherit
    multiprocessing.set_start_method("spawn", force=True)
    site = Granian(
        "redhouse.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=PATIENCE,
        log_level=LogLevels.warning,
    )
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # a closed terminal stops the house, unless under nohup
        site.on_startup(lambda: signal.signal(signal.SIGHUP, site.signal_handler_interrupt))
    site.serve(target_loader=load_site)


def load_site(target: str) -> Callable[..., Any]:
    """Runs in each web process: tie it to ours, then load the site."""
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        die_with_parent(parent.pid)
    from redhouse.config.wsgi import application

    return application


def _announce(host: str, port: int, then: Callable[[], None]) -> None:
    """Say the address once it answers, and go on; go on after half a minute at the latest."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    latest, went_on = time.monotonic() + 30, False
    while not _answers(here, port):
        if time.monotonic() > latest and not went_on:
            then()
            went_on = True
        time.sleep(0.05)
    shown = f"[{here}]" if ":" in here else here
    click.echo(f"红房子开门了：http://{shown}:{port}/  （Ctrl-C 停止）")
    if not went_on:
        then()


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), 1).close()
    except OSError:
        return False
    return True


def _spawn_worker() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "redhouse.commands.worker", "--parent", str(os.getpid())],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
