"""Waiting for OpenDAL's answers without stopping the rest of Python, until its own threads have left Python again.

OpenDAL hands over an answer from a thread that Python does not know of. Where the program ends while such a thread is still inside
Python, the thread is thrown out of OpenDAL's code as well, and that ends the process with SIGABRT in place of its exit code.
"""

import asyncio
import sys
import time
from collections.abc import Callable, Coroutine
from contextvars import Context
from types import FrameType
from typing import Any, TypeVar, TypeVarTuple

T = TypeVar("T")
_Given = TypeVarTuple("_Given")

_MOMENT = 0.0005
"""Seconds between two looks."""


def answer_of(asked: Coroutine[Any, Any, T]) -> T:
    """Wait for what was asked of an asynchronous operator."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        try:
            return runner.run(asked)
        finally:
            while any(map(_is_handing_over, sys._current_frames().values())):  # noqa: SLF001 - the only way to see threads that are not ours
                time.sleep(_MOMENT)


class _Loop(asyncio.SelectorEventLoop):
    """An event loop of which one can see in every thread's frames whether that hands something over."""

    def call_soon_threadsafe(self, callback: Callable[[*_Given], object], *args: *_Given, context: Context | None = None) -> asyncio.Handle:
        """Take an answer over; the waiting thread may be awake before this returns."""
        return super().call_soon_threadsafe(callback, *args, context=context)


def _is_handing_over(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code is _Loop.call_soon_threadsafe.__code__:
            return True
        frame = frame.f_back
    return False
