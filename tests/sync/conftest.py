import hashlib
import io

import pytest

from auditor_app.sync.listing import Listing, SealedObject
from auditor_app.sync.places import Place, open_place
from tests.webdav_server import cutting_line, webdav, webdav_server  # noqa: F401 - fixtures

PART = 64 * 1024


class Bundle:
    """A bundle in memory: what a workflow would hand to the mailbox."""

    def __init__(self, sizes, bundle_id="0199-bundle", part_size=PART):
        contents = [hashlib.shake_256(f"{bundle_id} {n}".encode()).digest(size) for n, size in enumerate(sizes)]
        objects = [
            SealedObject(path=f"data/evidence/{n}.age", sha256=hashlib.sha256(each).hexdigest(), size=len(each))
            for n, each in enumerate(contents)
        ]
        self.contents = dict(zip((each.sha256 for each in objects), contents, strict=True))
        self.listing = Listing(bundle_id=bundle_id, objects=tuple(objects), part_size=part_size)

    def open(self, sealed):
        return io.BytesIO(self.contents[sealed.sha256])

    def is_in(self, folder):
        return all((folder / each.path).read_bytes() == self.contents[each.sha256] for each in self.listing.objects)


@pytest.fixture
def bundle():
    """Eight parts in four objects: two of several parts, a small one and an empty one."""
    return Bundle([3 * PART + 17, 2 * PART, 100, 0])


@pytest.fixture
def make_bundle():
    return Bundle


@pytest.fixture
def dav_storage(webdav):  # noqa: F811
    return open_place(Place(url=webdav.url, user=webdav.user, password=webdav.password))


@pytest.fixture(params=["folder", "webdav"])
def kept(request, tmp_path):
    """Where the storage under test keeps its objects, as a folder on this disk."""
    if request.param == "webdav":
        return request.getfixturevalue("webdav").folder
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def storage(kept, request):
    """A mailbox place of each kind."""
    if kept.name == "stick":
        return open_place(Place(url=str(kept)))
    return request.getfixturevalue("dav_storage")
