"""The kinds of storage place an office may name, as one table from the scheme of an address to the way of opening it."""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, urlsplit
from urllib.request import url2pathname

from opendal import Operator
from opendal.layers import TimeoutLayer

from auditor_app.errors import NotAllowed, Unavailable, Unsupported
from auditor_app.sync.network import settle
from auditor_app.sync.object_stores import AZURE_HOST, azure_store, s3_store
from auditor_app.sync.place_errors import place_errors
from auditor_app.sync.storage import UNFINISHED, Storage

_ANSWER_SECONDS = 60.0
_TRANSFER_SECONDS = 600.0
"""For one whole part: 8 MiB within it needs about 14 kB/s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A storage place: its address without user or password in it, and these two, which no text form shows.

    `authority` is the certificate of an authority that the office runs itself (PEM), beside those that the system trusts.
    """

    url: str
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    authority: str = field(default="", repr=False)


def open_place(place: Place) -> Storage:
    """Open a place and see that it is there: a folder's path or file:///…, webdav(s)://… and http(s)://… for WebDAV, or an object store.

    Raises Unavailable (place_unreachable, place_not_found, …), NotAllowed (place_refused_password, place_password_in_address,
    place_not_encrypted, place_address_refused) and Unsupported("place_kind_unknown").
    """
    scheme = place.url.partition("://")[0].lower() if "://" in place.url else "file"
    if scheme not in _KINDS:
        raise Unsupported("place_kind_unknown", kind=scheme[:40])
    return _KINDS[scheme](place)


def _open_folder(place: Place) -> Storage:
    folder = _folder_of(place.url)
    opened = _identity(folder)

    def connect(**options: str) -> Operator:
        if opened is None or _identity(folder) != opened:  # OpenDAL would make it: on the bare mount point of a stick that was pulled out
            raise Unavailable("place_not_found", place=place.url)
        return Operator("fs", root=str(folder), **options)

    storage = Storage(place.url, reading=connect, writing=lambda: connect(atomic_write_dir=str(folder / UNFINISHED)), many_at_once=False)
    with place_errors(place.url):
        connect()
    return storage


def _identity(folder: Path) -> tuple[int, int] | None:
    """Tell one folder from another of the same name, on another disk."""
    if not folder.is_dir():
        return None
    found = folder.stat()
    return found.st_dev, found.st_ino


def _folder_of(url: str) -> Path:
    if "://" not in url:
        return Path(url).absolute()
    address = urlsplit(url)
    network = "" if address.netloc in ("", "localhost") else f"//{address.netloc}"
    return Path(url2pathname(network + address.path))


def _open_webdav(place: Place) -> Storage:
    address, secure = _web_address(place)
    if (address.hostname or "").endswith(AZURE_HOST):
        return _open_store(place)
    origin = f"{'https' if secure else 'http'}://{address.netloc}"
    folder = f"{unquote(address.path).strip('/')}/".lstrip("/")
    with place_errors(place.url):
        operator = _webdav(place, endpoint=origin + quote(f"/{folder}".rstrip("/")))
        if not folder:
            operator.check()
        elif not _webdav(place, endpoint=origin).exists(folder):  # OpenDAL would make it: a mistyped address is not a new mailbox
            raise Unavailable("place_not_found", place=place.url)
    return Storage(place.url, reading=lambda: operator, writing=lambda: operator, many_at_once=True)


def _open_store(place: Place) -> Storage:
    address, _secure = _web_address(place)
    with place_errors(place.url):
        open_store = s3_store if address.scheme.startswith("s3") else azure_store
        operator = _patient(open_store(address, place.user, place.password))
        operator.check()
    return Storage(place.url, reading=lambda: operator, writing=lambda: operator, many_at_once=True)


def _webdav(place: Place, *, endpoint: str) -> Operator:
    return _patient(Operator("webdav", endpoint=endpoint, username=place.user, password=place.password, disable_create_dir="true"))


def _patient(operator: Operator) -> Operator:
    return operator.layer(TimeoutLayer(timeout=_ANSWER_SECONDS, io_timeout=_TRANSFER_SECONDS))


def _web_address(place: Place) -> tuple[SplitResult, bool]:
    """Take an address apart and say whether it is encrypted. Raises NotAllowed where a password would be shown to others."""
    try:
        address = urlsplit(place.url)
        host = address.hostname or ""
    except ValueError:
        raise NotAllowed("place_address_refused", place="", path="", reason="not_an_address") from None
    if "@" in address.netloc or "sig=" in address.query:
        raise NotAllowed("place_password_in_address")
    secure = address.scheme in _ENCRYPTED
    if place.password and not secure and not _is_near(host):
        raise NotAllowed("place_not_encrypted", place=place.url)
    settle(host, place.authority)
    return address, secure


def _is_near(host: str) -> bool:
    """Say whether a host is this computer or on the local network, where an office may run a storage box without encryption."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost" or host.endswith(".local")


_ENCRYPTED = {"https", "webdavs", "davs", "s3", "s3+https", "azblob", "azblob+https"}

_KINDS: dict[str, Callable[[Place], Storage]] = {
    "file": _open_folder,
    "http": _open_webdav,
    "https": _open_webdav,
    "webdav": _open_webdav,
    "webdavs": _open_webdav,
    "dav": _open_webdav,
    "davs": _open_webdav,
    "s3": _open_store,
    "s3+https": _open_store,
    "s3+http": _open_store,
    "azblob": _open_store,
    "azblob+https": _open_store,
    "azblob+http": _open_store,
}
