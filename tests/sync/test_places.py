import os
import subprocess
import sys
import threading
import time
import traceback

import opendal
import pytest

from auditor_app.errors import Corrupted, NotAllowed, Unavailable, Unsupported
from auditor_app.sync.place_errors import place_errors
from auditor_app.sync.places import Place, open_place
from auditor_app.sync.storage import UNFINISHED, probe
from tests.webdav_server import HTML, PASSWORD


def test_what_is_written_is_read_listed_and_deleted(storage):
    storage.make_folder("inbox/b/objects/")
    storage.make_folder("inbox/b/objects/")
    storage.write("inbox/b/objects/x.00000", b"12345")
    storage.write("inbox/b/objects/x.00000", b"123456")
    storage.write("inbox/b/bundle.json", b"{}")
    assert storage.read("inbox/b/objects/x.00000", 6) == b"123456"
    assert storage.list("inbox/b/") == [("inbox/b/bundle.json", 2), ("inbox/b/objects/", 0)]
    assert "inbox/b/bundle.json" in storage.changes("inbox/b/")
    storage.delete("inbox/b/bundle.json")
    storage.delete("inbox/b/bundle.json")
    assert "inbox/b/bundle.json" not in storage.changes("inbox/b/")
    storage.delete_folder("inbox/b/")
    storage.delete_folder("inbox/b/")
    assert storage.list("inbox/") == storage.list("nowhere/") == []


def test_an_empty_object_is_an_object(storage):
    storage.write("empty", b"")
    assert storage.read("empty", 0) == b"" and ("empty", 0) in storage.list("")


def test_an_object_larger_than_the_limit_is_not_read(storage):
    storage.write("large", bytes(200_000))
    with pytest.raises(Corrupted, match="place_object_too_large"):
        storage.read("large", 199_999)


def test_a_missing_object_has_its_code(storage):
    with pytest.raises(Unavailable, match=r"place_object_missing.*path='no/such'"):
        storage.read("no/such", 10)


def test_publishing_replaces_and_leaves_nothing_unfinished(storage, kept):
    storage.publish("outbox/f/receipt", b"first")
    storage.publish("outbox/f/receipt", b"second")
    assert storage.read("outbox/f/receipt", 10) == b"second"
    assert list((kept / UNFINISHED).iterdir()) == []


def test_a_probe_leaves_nothing_behind(storage, kept):
    probe(storage)
    assert [path for path in kept.rglob("*") if path.is_file()] == []


def test_a_folder_can_be_named_by_path_or_by_file_address(tmp_path):
    (tmp_path / "net share").mkdir()
    open_place(Place(url=str(tmp_path / "net share"))).write("a", b"1")
    assert open_place(Place(url=(tmp_path / "net share").as_uri())).read("a", 1) == b"1"


def test_a_place_that_is_not_there_is_not_made(tmp_path, webdav):
    for place in (
        Place(url=str(tmp_path / "unplugged")),
        Place(url=webdav.url + "mistyped/", user=webdav.user, password=webdav.password),
    ):
        with pytest.raises(Unavailable, match="place_not_found"):
            open_place(place)
    assert not (tmp_path / "unplugged").exists() and not (webdav.folder / "mistyped").exists()


def test_a_stick_that_is_pulled_out_after_opening_is_missed_and_not_made_anew(tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    storage = open_place(Place(url=str(stick)))
    stick.rmdir()
    for use in (
        lambda: storage.write("a", b"1"),
        lambda: storage.list("inbox/"),
        lambda: storage.read("a", 1),
        lambda: storage.changes("a/"),
    ):
        with pytest.raises(Unavailable, match="place_not_found"):
            use()
    assert not stick.exists()


@pytest.mark.skipif(os.name == "nt", reason="folders of Windows have no mode")
def test_a_folder_that_cannot_be_written_can_be_read(tmp_path):
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / UNFINISHED).write_bytes(b"in the way, as a write-protected stick would be")
    storage = open_place(Place(url=str(tmp_path)))
    assert storage.read("a", 1) == b"1"
    with pytest.raises(Unavailable, match="place_unreachable"):
        storage.write("b", b"2")


def test_a_writer_killed_in_the_middle_leaves_the_previous_object(tmp_path):
    code = (
        "import sys; from auditor_app.sync.places import Place, open_place\n"
        "storage = open_place(Place(url=sys.argv[1])); print('on', flush=True)\n"
        "while True: storage.write('object', bytes(32 << 20))"
    )
    (tmp_path / "object").write_bytes(b"previous")
    for pause in (0.0, 0.05, 0.11):
        with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE) as writer:
            writer.stdout.readline()
            time.sleep(pause)
            writer.kill()
        assert (tmp_path / "object").stat().st_size in (len(b"previous"), 32 << 20)


def test_a_wrong_password_has_its_code(webdav):
    with pytest.raises(NotAllowed, match="place_refused_password"):
        open_place(Place(url=webdav.url, user=webdav.user, password="wrong"))
    with pytest.raises(NotAllowed, match="place_refused_password"):
        open_place(Place(url=webdav.server.url, user=webdav.user, password="wrong"))


@pytest.mark.parametrize("host, code", [("127.0.0.1:1", "place_unreachable"), ("no-such-host.local", "place_name_unknown")])
def test_a_server_that_is_down_and_one_that_nobody_knows_are_told_apart(host, code):
    with pytest.raises(Unavailable, match=code):
        open_place(Place(url=f"http://{host}/mailbox", user="anna", password=PASSWORD))


@pytest.mark.parametrize(
    "status, family, code",
    [
        ("401 Unauthorized", NotAllowed, "place_refused_password"),
        ("403 Forbidden", NotAllowed, "place_refused_access"),
        ("405 Method Not Allowed", Unsupported, "place_wrong_kind"),
        ("409 Conflict", Unavailable, "place_busy"),
        ("413 Content Too Large", Unavailable, "place_full"),
        ("423 Locked", Unavailable, "place_busy"),
        ("429 Too Many Requests", Unavailable, "place_busy"),
        ("500 Internal Server Error", Unavailable, "place_unreachable"),
        ("502 Bad Gateway", Unavailable, "place_unreachable"),
        ("507 Insufficient Storage", Unavailable, "place_full"),
    ],
)
def test_a_servers_refusal_has_its_code_and_none_of_its_words(webdav, dav_storage, status, family, code):
    webdav.server.answer = status
    for use in (
        lambda: dav_storage.read("a", 10),
        lambda: dav_storage.write("a", b"1"),
        lambda: dav_storage.list("inbox/"),
        lambda: dav_storage.changes("a/"),
        lambda: dav_storage.delete("a"),
        lambda: dav_storage.publish("a", b"1"),
    ):
        with pytest.raises(family, match=code) as caught:
            use()
        shown = "".join(traceback.format_exception(caught.value)) + str(caught.value) + repr(caught.value)
        assert HTML not in shown and "Datacenter" not in shown and PASSWORD not in shown
        assert caught.value.values["reason"] == f"HTTP {status[:3]}"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")  # noqa: PTH110
def test_a_full_disk_has_its_code():
    with pytest.raises(Unavailable, match=r"place_full.*reason='system error 28'"), place_errors("a stick", "full"):
        opendal.Operator("fs", root="/dev").write("full", b"some bytes")


def test_a_place_shows_neither_user_nor_password():
    assert "anna" not in repr(Place(url="/x", user="anna", password=PASSWORD)) and PASSWORD not in repr(Place(url="/x", password=PASSWORD))


@pytest.mark.parametrize(
    "url, family, code",
    [
        ("ftp://office.example/box", Unsupported, "place_kind_unknown"),
        ("https://anna:secret@office.example/box", NotAllowed, "place_password_in_address"),
        ("http://office.example/box", NotAllowed, "place_not_encrypted"),
        ("webdav://8.8.8.8/box", NotAllowed, "place_not_encrypted"),
        ("https://[broken/box", NotAllowed, "place_address_refused"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_before_anything_is_sent(url, family, code):
    with pytest.raises(family, match=code) as caught:
        open_place(Place(url=url, user="anna", password=PASSWORD))
    assert "secret" not in str(caught.value)


def test_the_webdav_scheme_is_another_name_for_http(webdav):
    probe(open_place(Place(url=webdav.url.replace("http://", "webdav://"), user=webdav.user, password=webdav.password)))


def test_listing_leaves_other_threads_running(dav_storage):
    """The server runs in this process: a listing that stopped Python while waiting would never end."""
    listed = threading.Thread(target=dav_storage.list, args=("inbox/",), daemon=True)
    listed.start()
    listed.join(5)
    assert not listed.is_alive()


def test_a_stick_that_was_pulled_is_not_mistaken_for_the_folder_that_is_left_in_its_place(tmp_path):
    (tmp_path / "stick").mkdir()
    storage = open_place(Place(url=str(tmp_path / "stick")))
    storage.write("a", b"on the stick")
    (tmp_path / "stick").rename(tmp_path / "pulled")
    (tmp_path / "stick").mkdir()
    for use in (lambda: storage.write("b", b"elsewhere"), lambda: storage.read("a", 100), lambda: storage.list("")):
        with pytest.raises(Unavailable, match="place_not_found"):
            use()
    assert list((tmp_path / "stick").iterdir()) == []


def test_a_program_that_has_listed_a_place_ends_as_it_wants_to_end(tmp_path):
    """OpenDAL's thread hands over the last answer; here it is slow to leave Python, as on a busy computer."""
    program = f"""
import socket, time
from auditor_app.sync.places import Place, open_place

def slowly(line, data, send=socket.socket.send):
    sent = send(line, data)
    time.sleep(0.3)
    return sent

storage = open_place(Place(url={str(tmp_path)!r}))
socket.socket.send = slowly
storage.list("inbox/")
"""
    ended = subprocess.run([sys.executable, "-c", program], check=False, timeout=60)
    assert ended.returncode == 0
