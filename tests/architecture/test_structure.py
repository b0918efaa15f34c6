"""How the program is built, where import rules and style cannot see it."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import auditor_app

PACKAGE = Path(auditor_app.__file__).parent
ROOT = PACKAGE.parent
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 300

HEAVY = (
    *("reportlab", "pyhanko", "pikepdf", "opendal", "pypdfium2", "jsonschema", "pi_heif", "PIL"),
    *("datasette", "pyarrow", "shamir_mnemonic"),
)
"""What loads when it is first needed, so that the window and the commands come up at once."""


def source(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_module_is_longer_than_a_person_reads_at_once():
    lengths = {named(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_every_package_says_what_it_is_for():
    folders = {path.parent for path in MODULES}
    assert [named(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []
    assert [named(path) for path in MODULES if path.name == "__init__.py" and not ast.get_docstring(source(path))] == []


def test_no_module_is_named_after_nothing():
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "service", "base", "core"}
    assert [named(path) for path in MODULES if vague & set(path.stem.split("_"))] == []


def test_only_the_clock_asks_the_system_for_the_time():
    asked = []
    for path in MODULES:
        for node in ast.walk(source(path)):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="datetime" | "date"), attr="now" | "utcnow" | "today")):
                    asked.append(named(path))
                case ast.Call(func=ast.Attribute(value=ast.Name(id="time"), attr="time" | "localtime" | "gmtime")):
                    asked.append(named(path))
    assert asked == ["auditor_app/clock.py"]


def test_nobody_asks_a_layout_of_qt_for_its_items():
    """Qt deletes an item without a word when its widget goes; PySide goes on to keep its address, and ends when it is used again."""
    asked = [named(path) for path in MODULES if ".itemAt(" in path.read_text("utf-8")]
    assert asked == []


def loaded_after(code: str, names: tuple[str, ...]) -> list[str]:
    """Run code in a new Python and tell which of these modules it loaded."""
    look = f"{code}\nimport sys\nprint(*[name for name in {names!r} if name in sys.modules])"
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True, env=surroundings, cwd=ROOT)
    return done.stdout.split()


def test_the_window_comes_up_without_what_it_needs_only_later():
    assert loaded_after("import auditor_app.ui.app", HEAVY) == []


def test_the_command_line_starts_without_a_window_and_without_what_it_needs_only_later():
    assert loaded_after("import auditor_app.cli.main, auditor_app.cli.office", (*HEAVY, "PySide6", "shiboken6")) == []


def test_the_command_line_works_where_qt_is_not_installed():
    block = "import sys\nsys.modules['PySide6'] = sys.modules['shiboken6'] = None\n"
    code = f"{block}from auditor_app.cli.main import main\nsys.argv = ['auditor', 'form', 'list']\nmain()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert "copper-mark-rra-3.0" in done.stdout


def test_this_pyside_does_not_lose_references_to_none():
    """PySide6 6.12.0 does on Python 3.11, one with each such call, until the program crashes."""
    core = pytest.importorskip("PySide6.QtCore")
    before = sys.getrefcount(None)
    for _ in range(1000):
        core.QObject().setObjectName("x")
    assert sys.getrefcount(None) - before > -100


# The repository


def repository() -> list[Path]:
    """Every file that is in the repository, or would be with the next commit."""
    git = shutil.which("git")
    if not git or not (ROOT / ".git").exists():
        pytest.skip("needs a checkout")
    listed = subprocess.run([git, "ls-files", "-co", "--exclude-standard", "-z"], capture_output=True, text=True, check=True, cwd=ROOT)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def registries() -> set[str]:
    """The hosts from which the machine that builds this gets its packages."""
    asked = [value for name, value in os.environ.items() if re.search("INDEX|REGISTRY|PROXY", name.upper())]
    hosts = {urlsplit(address).hostname for value in asked for address in re.findall(r"https?://\S+", value)}
    return {host for host in hosts if host} - {"127.0.0.1", "localhost"}


def test_no_file_names_the_machine_that_it_was_written_on():
    telling = [re.escape(host.encode()) for host in registries()]
    found = re.compile(b"|".join([rb"(?<![\w.])/work" + rb"/", rb"(?<![\w.])/(?:home|Users)" + rb"/[a-z]", *telling]))
    assert [named(path) for path in repository() if found.search(path.read_bytes())] == []


def test_the_locks_pin_every_package_by_digest_and_name_no_place_to_get_it_from():
    locks = sorted((ROOT / "packaging").glob("requirements*.lock"))
    assert locks
    for lock in locks:
        text = lock.read_text("utf-8")
        assert "://" not in text and "index-url" not in text, lock.name
        wanted = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
        assert [one.split()[0] for one in wanted if "==" not in one or "--hash=sha256:" not in one] == []
