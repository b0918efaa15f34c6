"""One loading at a time: what changes while something is loaded is gathered into one more loading, and nothing of it is lost."""

from collections.abc import Callable

from auditor_app.domain.changes import Changes


class Reloading:
    """Asks for a loading by `load`; whoever loads says when it is done, well or not."""

    def __init__(self, load: Callable[[Changes], object]) -> None:
        """Begin at rest."""
        self._load = load
        self._at_work = False
        self._waiting: Changes | None = None

    def ask(self, changes: Changes) -> None:
        """Load for changes, now or once what is loaded is there."""
        if self._at_work:
            self._waiting = changes.after(self._waiting)
        else:
            self._at_work = True
            self._load(changes)

    def done(self) -> Changes | None:
        """Note that it is loaded; gives what has changed meanwhile, to be asked for anew."""
        self._at_work = False
        waiting, self._waiting = self._waiting, None
        return waiting
