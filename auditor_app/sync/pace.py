"""How fast parts are sent: their size follows the line, a limit may hold it back, and somebody may say that it must wait.

A part is what a cut may cost. On a slow line it travels in slices, over several connections at once, because one connection alone does
not fill a line that is long and loses packets; what is under way is then still no more than one part.
"""

import time
from collections.abc import Callable

TARGET_SECONDS = 10.0
"""A part should take about so long: short enough to lose, long enough that asking for it does not count."""
LEAST = 64 << 10
FIRST = 256 << 10
MOST = 16 << 20
"""Bytes of a part."""
LANES = 8
"""Connections over which a part travels at most."""
_GROWTH = 4
_NOTICED = 1.0
"""Seconds that a part takes on a slow line at least."""
_BREATH = 0.2
"""Seconds of waiting between two looks whether to stop."""


def at_any_time() -> None:
    """Let sending go on."""


class Pace:
    """The pace of one sending. `size` is what may be under way; `allow` is called before each slice and may raise."""

    def __init__(self, *, size: int = FIRST, rate: int = 0, slow: bool = False, allow: Callable[[], None] = at_any_time) -> None:
        """Begin with parts of `size` bytes, on a line known as `slow` or not, at most `rate` bytes a second (0: no limit)."""
        self._size, self._rate, self.slow, self.allow = size, rate, slow, allow

    @property
    def size(self) -> int:
        """Tell how many bytes may be under way: one part."""
        limit = int(self._rate * TARGET_SECONDS) if self._rate else MOST
        return max(LEAST, min(self._size, limit, MOST))

    @property
    def lanes(self) -> int:
        """Tell over how many connections a part goes; one where a limit holds it back anyway."""
        return max(1, min(LANES, self.size // LEAST)) if self.slow and not self._rate else 1

    def took(self, size: int, seconds: float, lanes: int = 1) -> None:
        """Learn from a slice that was sent beside others, over so many connections in all."""
        fitting = int(size * lanes * TARGET_SECONDS / max(seconds, 0.001))
        if size >= self.size // lanes or seconds > TARGET_SECONDS:  # a short last part says nothing about larger ones
            self._size = max(LEAST, min(fitting, self._size * _GROWTH, MOST))
        self.slow = self.slow or (fitting < MOST and size >= LEAST and seconds > _NOTICED)

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
