"""Sets up the program and starts its window.

python3 packaging/start.py                    the window
python3 packaging/start.py --office DIR       the window of an office, over what it received
python3 packaging/start.py --demo --out DIR   first plays the sample visit into DIR, then opens the window on it, if there is a screen
"""

from __future__ import annotations  # an old Python must get as far as being refused

import argparse
import os
import subprocess
import sys
from pathlib import Path

import environment


def main() -> int:
    """Set up, play the sample if asked, open the window."""
    parser = argparse.ArgumentParser(description="Set up Auditor App and start it.")
    parser.add_argument("--demo", action="store_true", help="play the sample visit first")
    parser.add_argument("--out", type=Path, help="the folder for the sample visit")
    parser.add_argument("--workspace", type=Path, help="the workspace to open")
    parser.add_argument("--office", type=Path, help="the folder of an office, to read and review what it received")
    chosen = parser.parse_args()
    if chosen.demo and not chosen.out:
        parser.error("--demo needs --out DIR")
    try:
        environment.set_up(_lock(), environment.QT_PACKAGES + (environment.WINDOW_PACKAGES if _has_screen() else []))
        if _has_screen():
            environment.check_qt()
    except environment.Missing as missing:
        print(missing, file=sys.stderr)
        return 3
    return _play(chosen.out) if chosen.demo else _window(chosen.workspace, chosen.office)


def _lock() -> str:
    """Keep to the development set where it is installed already: it holds the same pins and more."""
    stamp = environment.ENVIRONMENT / "auditor-app-stamp.txt"
    developing = stamp.is_file() and stamp.read_text().startswith("requirements-dev.lock")
    return "requirements-dev.lock" if developing else "requirements.lock"


def _play(out: Path) -> int:
    played = subprocess.run([environment.tool("auditor"), "demo", "--out", str(out)], check=False).returncode
    if played or not _has_screen():
        return played
    print("Opening the window on it; the passphrase is: demo", flush=True)
    return _window(out / "workspace")


def _window(workspace: Path | None, office: Path | None = None) -> int:
    if not _has_screen():
        print("There is no screen here. The command line works without one: " + environment.tool("auditor") + " --help", file=sys.stderr)
        return 3
    folder = ["--office", str(office)] if office else ["--workspace", str(workspace)] if workspace else []
    return subprocess.run([str(environment.python()), "-m", "auditor_app", *folder], check=False).returncode


def _has_screen() -> bool:
    return sys.platform in {"win32", "darwin"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
