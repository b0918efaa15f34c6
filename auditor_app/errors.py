"""Every failure we raise on purpose, in five families.

An error has a stable code and named values, never a sentence: `error_words` has the sentences, and only
`ui/error_presenter.py` and `cli/main.py` show them. Anything that is not an AuditorAppError is a bug.
"""

from typing import ClassVar


class AuditorAppError(Exception):
    """Base of all failures raised on purpose; `exit_code` is what the command line ends with."""

    exit_code: ClassVar[int] = 70

    def __init__(self, code: str, **values: object) -> None:
        """Keep the stable code and the values that its sentence names."""
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        """Give code and values, for logs and tests."""
        return self.code + "".join(f" {name}={value!r}" for name, value in self.values.items())


class NotAllowed(AuditorAppError):
    """The rules of the work forbid it; what was asked can be changed and asked again."""

    exit_code = 2


class Unavailable(AuditorAppError):
    """The world refuses for now (disk, network, a lock); nothing is lost and it can be tried again."""

    exit_code = 3


class Corrupted(AuditorAppError):
    """Bytes are not what they must be; never retried and never repaired silently."""

    exit_code = 4


class Unsupported(AuditorAppError):
    """Made by a newer version, or in a format that this version does not know."""

    exit_code = 5


class Cancelled(AuditorAppError):
    """The person stopped it; the state is as it was before."""

    exit_code = 130

    def __init__(self) -> None:
        """Cancelling has one code and no values."""
        super().__init__("cancelled")
