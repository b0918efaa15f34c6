"""Object stores and a second maker's WebDAV server, each a real one on loopback: the mailbox is the same everywhere."""

import base64
from dataclasses import replace

import pytest
from opendal import exceptions

from auditor_app.errors import NotAllowed, Unavailable
from auditor_app.sync.mailbox import list_outbox, put_outbox, read_outbox, send, waiting
from auditor_app.sync.place_errors import place_errors
from auditor_app.sync.places import Place, open_place
from auditor_app.sync.receiving import receive
from auditor_app.sync.removing import remove_bundles
from auditor_app.sync.storage import probe
from tests.object_stores import azure_place, azure_server, rclone_place, rclone_server, s3_place, s3_server  # noqa: F401 - fixtures


@pytest.fixture(params=["s3_place", "azure_place", "rclone_place"])
def place(request):
    return request.getfixturevalue(request.param)


def test_a_bundle_goes_there_and_back_and_twice_changes_nothing(place, bundle, tmp_path):
    storage = open_place(place)
    assert send(storage, bundle.listing, bundle.open).sent_parts == 8
    assert send(storage, bundle.listing, bundle.open).sent_parts == 0
    assert waiting(storage).ready == (bundle.listing.bundle_id,)
    receive(storage, bundle.listing.bundle_id, tmp_path / "office")
    assert bundle.is_in(tmp_path / "office")
    put_outbox(storage, "ab" * 32, "receipt-1.age", b"signed")
    assert list_outbox(storage, "ab" * 32) == ["receipt-1.age"]
    assert read_outbox(storage, "ab" * 32, "receipt-1.age") == b"signed"
    assert remove_bundles(storage, {bundle.listing.bundle_id}) == (bundle.listing.bundle_id,)
    assert waiting(storage).ready == () and storage.list("inbox/") == []


def test_a_probe_leaves_nothing_there(place):
    storage = open_place(place)
    probe(storage)
    assert [path for path, _size in storage.list("") if not path.endswith("/")] == []
    assert storage.list(".unfinished/") == []


@pytest.mark.parametrize("kind", ["s3_place", "azure_place"])
def test_a_bucket_or_container_that_is_not_there_is_told_and_not_made(kind, request):
    place = request.getfixturevalue(kind)
    with pytest.raises(Unavailable, match="place_not_found"):
        probe(open_place(replace(place, url=place.url.replace("mailbox-", "mistyped-"))))


@pytest.mark.parametrize("wrong", [base64.b64encode(b"x" * 64).decode(), "sv=2021-08-06&se=2020-01-01T00%3A00%3A00Z&sr=c&sp=rwdl&sig=YWJj"])
def test_a_wrong_key_of_azure_is_a_refused_password(azure_place, wrong):  # noqa: F811
    with pytest.raises(NotAllowed, match="place_refused_password"):
        open_place(replace(azure_place, password=wrong))


def test_a_key_of_azure_that_is_none_is_refused_without_showing_it(azure_place):  # noqa: F811
    with pytest.raises(NotAllowed, match="place_address_refused") as caught:
        open_place(replace(azure_place, password="xx!!"))
    assert "xx!!" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    ["s3+http://127.0.0.1:1/", "s3://", "azblob://account", "azblob+http://127.0.0.1:1/", "https://account.blob.core.windows.net/"],
)
def test_an_address_without_its_bucket_is_refused(url):
    with pytest.raises(NotAllowed, match="place_address_refused"):
        open_place(Place(url=url, user="a", password=""))


def test_a_secret_is_refused_in_an_address_and_on_an_open_line():
    with pytest.raises(NotAllowed, match="place_password_in_address"):
        open_place(Place(url="https://account.blob.core.windows.net/box?sv=2021&sig=abc"))
    with pytest.raises(NotAllowed, match="place_not_encrypted"):
        open_place(Place(url="s3+http://8.8.8.8/box", user="a", password="b"))


@pytest.mark.parametrize(
    "store, status, family, code",
    [
        ("InvalidAccessKeyId", 403, NotAllowed, "place_refused_password"),
        ("SignatureDoesNotMatch", 403, NotAllowed, "place_refused_password"),
        ("ExpiredToken", 400, NotAllowed, "place_credentials_expired"),
        ("RequestTimeTooSkewed", 403, Unavailable, "place_clock_differs"),
        ("AccessDenied", 403, NotAllowed, "place_refused_access"),
        ("QuotaExceeded", 403, Unavailable, "place_full"),
        ("SlowDown", 503, Unavailable, "place_busy"),
    ],
)
def test_what_a_store_calls_its_refusal_decides_over_its_status(store, status, family, code):
    words = f'PermissionDenied (permanent) at write => S3Error {{ code: "{store}", message: "Datacenter 12" }}'
    words += f"\n response: Parts {{ status: {status}, "
    with pytest.raises(family, match=code) as caught, place_errors("s3://box", "a"):
        raise exceptions.PermissionDenied(words)
    assert "Datacenter" not in str(caught.value)
