"""What goes wrong at a storage place, in our families and without the server's own words.

OpenDAL puts the server's whole answer into its errors, and tells a refused password only as a status within that text. The
answer may hold names, addresses and cookies, so nothing of it is kept: not in values, and not as the cause either.
"""

import errno
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from opendal import exceptions

from auditor_app.errors import AuditorAppError, NotAllowed, Unavailable, Unsupported

_Meaning = tuple[type[AuditorAppError], str]

_EXPECTED: tuple[type[Exception], ...] = (
    OSError,
    *(kind for kind in vars(exceptions).values() if isinstance(kind, type) and issubclass(kind, Exception)),
)
"""OpenDAL's exceptions have no common base but Exception."""

_KIND = re.compile(r"(\w+) \((?:permanent|temporary|persistent)\) at")
"""OpenDAL's files raise OSError with the kind as the first word; everything else raises the kind itself."""
_STATUS = re.compile(r"response: Parts \{ status: (\d{3})")
_SYSTEM = re.compile(r"\(os error (\d+)\)")
_STORE = re.compile(r"=> (?:S3|Azblob)Error \{ code: \"(\w+)\"")
"""What an object store calls its refusal; its statuses tell less."""

_FULL: _Meaning = (Unavailable, "place_full")
_BUSY: _Meaning = (Unavailable, "place_busy")
_REFUSED: _Meaning = (NotAllowed, "place_refused_access")
_WRONG_KIND: _Meaning = (Unsupported, "place_wrong_kind")
_UNREACHABLE: _Meaning = (Unavailable, "place_unreachable")
_PASSWORD: _Meaning = (NotAllowed, "place_refused_password")
_EXPIRED: _Meaning = (NotAllowed, "place_credentials_expired")
_CLOCK: _Meaning = (Unavailable, "place_clock_differs")
_PROXY: _Meaning = (Unavailable, "place_proxy_refused")
_TOO_SLOW: _Meaning = (Unavailable, "place_too_slow")

_BY_WORDS: dict[str, tuple[_Meaning, str]] = {
    "certificate: certificate expired": ((Unavailable, "place_certificate_expired"), "expired"),
    "certificate: certificate not valid yet": (_CLOCK, "certificate not valid yet"),
    "invalid peer certificate": ((NotAllowed, "place_certificate_unknown"), "certificate"),
    "dns error": ((Unavailable, "place_name_unknown"), "DNS"),
    "proxy authorization required": (_PROXY, "HTTP 407"),
    "tunnel error": (_PROXY, "tunnel"),
    "operation timeout reached": (_TOO_SLOW, "timeout"),
}
"""What the network layer says, before any server does: piece of its text to meaning and reason."""

_NO_STORE = {"NoSuchBucket", "ContainerNotFound"}
_BY_STORE: dict[str, _Meaning] = {
    **dict.fromkeys(("InvalidAccessKeyId", "SignatureDoesNotMatch", "AuthenticationFailed", "AuthorizationFailure"), _PASSWORD),
    **dict.fromkeys(("ExpiredToken", "TokenRefreshRequired", "InvalidToken"), _EXPIRED),
    "RequestTimeTooSkewed": _CLOCK,
    **dict.fromkeys(("QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "EntityTooLarge"), _FULL),
    **dict.fromkeys(("SlowDown", "ServerBusy", "ServiceUnavailable", "OperationTimedOut"), _BUSY),
}

_BY_STATUS: dict[int, _Meaning] = {
    401: _PASSWORD,
    403: _REFUSED,
    405: _WRONG_KIND,
    407: _PROXY,
    408: _TOO_SLOW,
    503: _BUSY,
    504: _TOO_SLOW,
    501: _WRONG_KIND,
    409: _BUSY,  # the folder went away meanwhile; trying again makes it
    413: _FULL,
    507: _FULL,
    423: _BUSY,
    429: _BUSY,
}
_BY_SYSTEM: dict[int, _Meaning] = (
    {39: _FULL, 112: _FULL, 1295: _FULL, 5: _REFUSED, 19: _REFUSED, 32: _BUSY, 33: _BUSY}  # numbers of Windows
    if sys.platform == "win32"
    else {
        errno.ENOSPC: _FULL,
        errno.EDQUOT: _FULL,
        errno.EFBIG: _FULL,
        errno.EACCES: _REFUSED,
        errno.EPERM: _REFUSED,
        errno.EROFS: _REFUSED,
    }
)
_BY_KIND: dict[str, _Meaning] = {
    "PermissionDenied": _REFUSED,
    "RateLimited": _BUSY,
    "ConfigInvalid": (NotAllowed, "place_address_refused"),
}


@contextmanager
def place_errors(place: str, path: str = "") -> Iterator[None]:
    """Turn OpenDAL's and the system's errors into ours, naming the place and the object's path in it (none: the place itself)."""
    try:
        yield
    except _EXPECTED as error:
        raise _translated(error, place, path) from None


def _translated(error: Exception, place: str, path: str) -> AuditorAppError:
    text = str(error)
    named, store = _KIND.match(text), _STORE.search(text)
    kind = named[1] if named else type(error).__name__
    if store and store[1] in _NO_STORE:
        return Unavailable("place_not_found", place=place)
    if kind in ("NotFound", "FileNotFoundError"):
        return Unavailable("place_object_missing", place=place, path=path) if path else Unavailable("place_not_found", place=place)
    (family, code), reason = _by_store(store[1] if store else "") or _by_words(text) or _by_number(error, kind)
    return family(code, place=place, path=path, reason=reason)


def _by_store(name: str) -> tuple[_Meaning, str] | None:
    return (_BY_STORE[name], name) if name in _BY_STORE else None


def _by_words(text: str) -> tuple[_Meaning, str] | None:
    """Find what the network layer says; once a server has answered, its status counts."""
    return None if _STATUS.search(text) else next((found for words, found in _BY_WORDS.items() if words in text), None)


def _by_number(error: Exception, kind: str) -> tuple[_Meaning, str]:
    status, system = _last(_STATUS, error), _last(_SYSTEM, error)
    if isinstance(error, OSError):
        system = getattr(error, "winerror", None) or error.errno or system
    meaning = _BY_STATUS.get(status or 0) or _BY_SYSTEM.get(system or 0) or _BY_KIND.get(kind) or _UNREACHABLE
    return meaning, _reason(kind, status, system)


def _last(pattern: re.Pattern[str], error: Exception) -> int | None:
    """Find a number in OpenDAL's text. A server could write one into its answer, but it chooses its status anyway."""
    found = pattern.findall(str(error))
    return int(found[-1]) if found else None


def _reason(kind: str, status: int | None, system: int | None) -> str:
    if status:
        return f"HTTP {status}"
    return f"system error {system}" if system else kind
