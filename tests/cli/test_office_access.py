"""How the office gets into a mailbox whose server has a certificate of the office's own authority."""

import os
import subprocess
import sys

import pytest

from tests.tls_line import authority, tls_line  # noqa: F401 - fixtures
from tests.webdav_server import PASSWORD, USER, webdav_server  # noqa: F401 - fixtures


@pytest.fixture
def office(tmp_path):
    """Calls `auditor-office`, each time as a program of its own; gives its exit code and what it said."""

    def called(*words):
        command = [
            sys.executable,
            "-c",
            "from auditor_app.cli.office import main; main()",
            "--office",
            str(tmp_path / "office"),
            *map(str, words),
        ]
        clean = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        ended = subprocess.run(command, capture_output=True, text=True, timeout=60, env=clean, check=False)
        return ended.returncode, ended.stdout + ended.stderr

    return called


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_office_reaches_a_server_of_its_own_authority_also_behind_another_place(office, tls_line, authority, tmp_path):  # noqa: F811
    secure, plain = tls_line(), tmp_path / "box"
    plain.mkdir()
    (tmp_path / "password").write_text(PASSWORD)
    assert office("init", "--name", "Office", "--mailbox", plain)[0] == 0
    assert office("profile", "set", "--place", plain, "--place", secure)[0] == 0
    kept = ("profile", "password", secure, "--user", USER, "--password-file", tmp_path / "password")
    assert office(*kept)[0] == 0
    code, told = office("receive")
    assert code == 3 and "who vouches for" in told
    assert office("profile", "password", secure, "--authority", tmp_path / "password")[0] == 2, "that is no certificate"
    assert office("profile", "password", secure, "--authority", authority[0])[0] == 0, "user and password stay"
    assert office("receive") == (0, "Nothing waits.\n")
    code, told = office("profile", "test")
    assert (code, told.count("yes  Delete it")) == (0, 2)
    assert office("profile", "password", secure)[0] == 0
    assert office("receive")[0] == 3, "all of it is forgotten"
    code, told = office("profile", "test")
    assert code == 2 and told.count("yes  Delete it") == 1 and "who vouches for" in told
