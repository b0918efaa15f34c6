"""An office's authority and an auditor with a certificate from it, as of one evening on site."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from auditor_app.signing.authority import issue, new_authority
from auditor_app.signing.certificates import Purpose
from auditor_app.signing.keys import SigningIdentity, certificate_request, new_private_key

AT = datetime(2026, 5, 4, 18, 30, 7, tzinfo=UTC)

MakeIdentity = Callable[..., SigningIdentity]


@pytest.fixture(scope="session")
def at() -> datetime:
    return AT


@pytest.fixture(scope="session")
def authority() -> SigningIdentity:
    return new_authority("Office of Assurance", AT - timedelta(days=100))


@pytest.fixture(scope="session")
def make_identity(authority: SigningIdentity) -> MakeIdentity:
    def make(*, by: SigningIdentity = authority, purpose: Purpose = "auditor") -> SigningIdentity:
        key = new_private_key()
        certificate = issue(by, certificate_request(key, "Łucja Żółć 王小明", "Copper & Co"), AT, 365, purpose)
        return SigningIdentity(private_key=key, certificate=certificate, chain=(by.certificate,))

    return make


@pytest.fixture(scope="session")
def auditor(make_identity: MakeIdentity) -> SigningIdentity:
    return make_identity()
