"""What must be settled before the first byte leaves: whom this computer trusts besides the system, and through which proxy it goes.

OpenDAL reads both from the environment when it first uses the network, once for the whole process.
"""

import atexit
import os
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from urllib.request import getproxies, proxy_bypass

from auditor_app.disk import disk_errors
from auditor_app.errors import NotAllowed

_lock = Lock()
_settled: set[str] = set()
"""The authorities that count in this process; empty before the network was used."""
_expected: set[str] = set()
"""Those of all places that may be opened; they count from the first use of the network on."""


def expect(authorities: Iterable[str]) -> None:
    """Name the authorities (PEM) of places before the first of them is opened: whichever that is, all count from then on."""
    with _lock:
        _expected.update(authorities)


def settle(host: str, authority: str) -> None:
    """Trust the office's own certificate authority (PEM, may be empty) beside the system's, and honour the system's proxy.

    Raises NotAllowed("place_authority_unreadable"), and NotAllowed("place_authority_later") when the network was used without it.
    """
    check_authority(authority)
    with _lock:
        if authority and _settled and authority not in _settled:
            raise NotAllowed("place_authority_later")
        if not _settled:
            _honour_proxy(host)
            _settled.update({authority, *_expected})
            if any(_settled):
                _trust("\n".join(sorted(_settled)))


def check_authority(authority: str) -> None:
    """See that a text holds certificates in PEM, or nothing. Raises NotAllowed("place_authority_unreadable")."""
    try:
        if authority:
            ssl.create_default_context(cadata=authority)
    except (ssl.SSLError, ValueError):
        raise NotAllowed("place_authority_unreadable") from None


def _trust(authorities: str) -> None:
    """Write the system's authorities and these into a file for this run; certificates are no secret."""
    folder = Path(tempfile.mkdtemp(prefix="auditor-app-"))
    file = folder / "authorities.pem"
    with disk_errors(file):
        file.write_text(_system_authorities() + authorities, encoding="ascii")
    os.environ["SSL_CERT_FILE"] = str(file)
    atexit.register(folder.rmdir)
    atexit.register(file.unlink, missing_ok=True)  # runs first


def _system_authorities() -> str:
    if sys.platform == "darwin":
        keychains = ["/System/Library/Keychains/SystemRootCertificates.keychain", "/Library/Keychains/System.keychain"]
        command = ["/usr/bin/security", "find-certificate", "-a", "-p", *keychains]
        return subprocess.run(command, capture_output=True, check=False, timeout=30).stdout.decode("ascii", "ignore")  # noqa: S603
    certificates = ssl.create_default_context().get_ca_certs(binary_form=True)
    return "".join(ssl.DER_cert_to_PEM_cert(each) for each in certificates)


def _honour_proxy(host: str) -> None:
    """Pass on what Windows or macOS say about proxies; the variables of other systems are read by OpenDAL itself."""
    if sys.platform in ("win32", "darwin") and not proxy_bypass(host):
        for scheme, proxy in getproxies().items():
            os.environ.setdefault(f"{scheme.upper()}_PROXY", proxy)
