"""How fast parts are sent: their size follows the line, a limit may hold it back, and somebody may say that it must wait."""

import time
from collections.abc import Callable

TARGET_SECONDS = 10.0
"""A part should take about so long: short enough to lose, long enough that asking for it does not count."""
LEAST = 64 << 10
FIRST = 1 << 20
MOST = 16 << 20
"""Bytes of a part."""
_GROWTH = 4
_BREATH = 0.2
"""Seconds of waiting between two looks whether to stop."""


def at_any_time() -> None:
    """Let sending go on."""


class Pace:
    """The pace of one sending. `size` is what the next part should have at most; `allow` is called before each and may raise."""

    def __init__(self, *, size: int = FIRST, rate: int = 0, allow: Callable[[], None] = at_any_time) -> None:
        """Begin with parts of `size` bytes and send at most `rate` bytes a second (0: no limit)."""
        self._size, self._rate, self.allow = size, rate, allow

    @property
    def size(self) -> int:
        """Tell how many bytes the next part should have at most."""
        limit = int(self._rate * TARGET_SECONDS) if self._rate else MOST
        return max(LEAST, min(self._size, limit, MOST))

    def took(self, size: int, seconds: float) -> None:
        """Learn from a part that was sent."""
        fitting = int(size * TARGET_SECONDS / max(seconds, 0.001))
        if size >= self.size or seconds > TARGET_SECONDS:  # a short last part says nothing about larger ones
            self._size = max(LEAST, min(fitting, self._size * _GROWTH, MOST))

    def failed(self) -> None:
        """Learn from a part that did not get through."""
        self._size = max(LEAST, self._size // _GROWTH)

    def hold(self, size: int, seconds: float, still: Callable[[], object]) -> None:
        """Wait as the limit asks after a part of `size` bytes that took `seconds`; `still` is called meanwhile and may raise."""
        left = size / self._rate - seconds if self._rate else 0.0
        while left > 0:
            still()
            time.sleep(min(left, _BREATH))
            left -= _BREATH
