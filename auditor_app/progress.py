"""How long work tells where it is, how it is stopped, and how it is done on all cores at once."""

import ctypes
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

_NICE, _BELOW_NORMAL = 5, -1

Item = TypeVar("Item")
Result = TypeVar("Result")


class Progress(Protocol):
    """Called at safe points of long work; may raise Cancelled, which leaves everything as before."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Report a step's stable name (e.g. "sealing") and how much of the total is done, in its own unit (bytes or items)."""
        ...


def silent(step: str, done: int, total: int) -> None:
    """Report to nobody."""


def give_way() -> None:
    """Let this thread have a processor after the window's, where the system gives threads a priority of their own; macOS does not."""
    if sys.platform == "linux":
        this = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, this, os.getpriority(os.PRIO_PROCESS, this) + _NICE)
    elif sys.platform == "win32":
        ctypes.windll.kernel32.SetThreadPriority(ctypes.windll.kernel32.GetCurrentThread(), _BELOW_NORMAL)


def on_all_cores(work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Do a piece of work for each item, several at once in threads, and give the results in order; what one raises ends it.

    For work that lets go of the interpreter: digesting, sealing, opening, reading.
    """
    with ThreadPoolExecutor(os.cpu_count() or 1, "cores") as pool:
        try:
            yield from pool.map(work, items)
        finally:
            pool.shutdown(cancel_futures=True)
