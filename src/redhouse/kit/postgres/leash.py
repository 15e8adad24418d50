"""A leash between a child process and its parent: when the parent dies, by whatever cause, the child is told.

On Linux the kernel does it (PR_SET_PDEATHSIG). Run as a program, this file drops to another user, ties itself to its
parent and becomes the given command; the tie survives exec, and must be made after the change of user, which would
cut it. That costs one bare interpreter start (about 20 ms) and spares us code between fork and exec in a threaded
process. It imports nothing of ours: it runs without site-packages.

Elsewhere there is no such signal. What a killed parent leaves behind is found and stopped at the next start.
"""

import os
import signal
import sys
from collections.abc import Callable, Sequence

PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int, with_signal: int = signal.SIGTERM) -> None:
    """Have the kernel send `with_signal` to this process when `parent` dies; leave at once if it is dead already.

    The kernel watches the parent's thread that started us, so that thread must live as long as its process.
    """
    _tie(_prctl(), parent, with_signal)


def _prctl() -> Callable[..., int]:
    if sys.platform != "linux":
        return lambda *_: 0
    import ctypes  # here, since only Linux needs it

    return ctypes.CDLL(None).prctl


def _tie(prctl: Callable[..., int], parent: int, with_signal: int) -> None:
    prctl(PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def leashed(command: Sequence[str], *, with_signal: int, uid: int, gid: int) -> list[str]:
    """The command line that runs `command` as `uid`/`gid`, tied to the calling process."""
    tie = [str(os.getpid()), str(int(with_signal)), str(uid), str(gid)]
    return [sys.executable, "-I", "-S", __file__, *tie, *command]


def _become(tie: list[int], command: list[str]) -> None:
    parent, with_signal, uid, gid = tie
    prctl = _prctl()  # while we may still read Python's own library, which can lie under root's home
    if os.geteuid() == 0 and uid != 0:
        os.setgroups([gid])
        os.setgid(gid)
        os.setuid(uid)
    _tie(prctl, parent, with_signal)
    os.execv(command[0], command)


if __name__ == "__main__":
    _become([int(part) for part in sys.argv[1:5]], sys.argv[5:])
