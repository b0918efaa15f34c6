"""How long work tells where it is, and how it is stopped."""

from typing import Protocol


class Progress(Protocol):
    """Called at safe points of long work; may raise Cancelled, which leaves everything as before."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Report a step's stable name (e.g. "sealing") and how much of the total is done, in its own unit (bytes or items)."""
        ...


def silent(step: str, done: int, total: int) -> None:
    """Report to nobody."""
