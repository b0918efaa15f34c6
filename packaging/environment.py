"""Sets up the private environment in .venv: exact pins with hashes, the project itself, and what Qt needs of the system.

Needs nothing but Python 3.11 or newer, and says in one sentence what is missing.
"""

from __future__ import annotations  # an old Python must get as far as being refused

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")

QT_PACKAGES = "libegl1 libgl1 libglib2.0-0 libfontconfig1 libfreetype6 libxkbcommon0 libdbus-1-3".split()
WINDOW_PACKAGES = (
    "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-image0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxcb-randr0"
    " libxcb-sync1 libxcb-xfixes0 libxkbcommon-x11-0 libx11-xcb1"
).split()
JUDGES = "age openssl poppler-utils qpdf softhsm2 opensc rclone".split()
"""Other programs that the tests let judge what we write, a smart card in software, and another maker's WebDAV."""

STAGE = [*WINDOW_PACKAGES, *"xvfb xauth xdotool libpulse0 libxrandr2".split()]
"""A screen, a mouse and a keyboard in software, and what Qt needs for sound and camera."""


class Missing(Exception):
    """Something that this script cannot set up by itself, in one sentence."""


def set_up(lock: str, packages: list[str]) -> None:
    """Bring .venv to a lock file and install the project in it; does nothing when it is so already. Raises Missing."""
    if sys.version_info < (3, 11):
        raise Missing(f"Auditor App needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    install_packages(packages)
    wanted = _stamp(lock)
    stamp = ENVIRONMENT / "auditor-app-stamp.txt"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print("Setting up the environment in .venv (once) …", file=sys.stderr, flush=True)
    _make_environment()
    pip = [str(python()), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    _run([*pip, "--require-hashes", "-r", str(ROOT / "packaging" / lock)], "The packages could not be installed: is there a network?")
    _run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], "The program itself could not be installed in .venv.")
    stamp.write_text(wanted)


def python() -> Path:
    """Give the environment's Python."""
    return BIN / ("python.exe" if os.name == "nt" else "python")


def tool(name: str) -> str:
    """Give the path of a command in the environment."""
    return str(BIN / (f"{name}.exe" if os.name == "nt" else name))


def install_packages(packages: list[str]) -> None:
    """Install system packages where that is ours to do (Debian-like, as root); elsewhere say the one command. Raises Missing."""
    missing = [package for package in packages if not _is_installed(package)]
    if not missing:
        return
    command = f"apt-get install -y {' '.join(missing)}"
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        print(f"If the window does not open, these system packages are missing: sudo {command}", file=sys.stderr)
        return
    print(f"Installing system packages: {' '.join(missing)}", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False, stdout=subprocess.DEVNULL)
    done = subprocess.run(["apt-get", "install", "-y", "-qq", *missing], env=environment, check=False, stdout=subprocess.DEVNULL)
    if done.returncode != 0:
        raise Missing(f"System packages could not be installed; run: {command}")


def check_qt() -> None:
    """Demand that Qt's libraries load, where the packages are not ours to look up. Raises Missing with the one command."""
    asked = subprocess.run([str(python()), "-c", "import PySide6.QtWidgets"], capture_output=True, text=True, check=False)
    if asked.returncode != 0:
        reason = (asked.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise Missing(f"Qt cannot start here ({reason}); install the system libraries that it needs: {_qt_command()}")


def _qt_command() -> str:
    """Give the command for the package manager that is there."""
    commands = {
        "apt-get": f"sudo apt-get install {' '.join(QT_PACKAGES + WINDOW_PACKAGES)}",
        "dnf": "sudo dnf install mesa-libEGL mesa-libGL fontconfig libxkbcommon-x11 xcb-util-cursor xcb-util-wm xcb-util-keysyms dbus-libs",
        "zypper": "sudo zypper install libEGL1 libGL1 fontconfig libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1",
        "pacman": "sudo pacman -S libglvnd fontconfig libxkbcommon-x11 xcb-util-cursor xcb-util-wm xcb-util-keysyms",
    }
    return next((command for name, command in commands.items() if shutil.which(name)), "EGL, OpenGL, fontconfig, xkbcommon and XCB")


def _is_installed(package: str) -> bool:
    """Say whether a Debian package is there; where there is no dpkg, everything counts as there."""
    if shutil.which("dpkg-query") is None or shutil.which("apt-get") is None:
        return True
    names = [package, f"{package}t64"]  # newer systems renamed some libraries
    asked = subprocess.run(["dpkg-query", "-W", "-f", "${Status}\n", *names], capture_output=True, text=True, check=False)
    return "install ok installed" in asked.stdout


def _make_environment() -> None:
    if python().exists():
        return
    made = subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], capture_output=True, text=True, check=False)
    if made.returncode == 0:
        return
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    install_packages(["python3-venv"])
    _run([sys.executable, "-m", "venv", str(ENVIRONMENT)], "Python cannot make environments here: install its venv module (python3-venv).")


def _run(command: list[str], sentence: str) -> None:
    if subprocess.run(command, check=False).returncode != 0:
        raise Missing(sentence)


def _stamp(lock: str) -> str:
    files = [ROOT / "packaging" / lock, ROOT / "pyproject.toml"]
    return lock + " " + hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
