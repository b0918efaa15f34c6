"""A disk of a few megabytes that can be filled, enlarged and protected against writing; only root may make one, on Linux."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

needs_root = pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root can make a small disk, on Linux")


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """Mount a disk of a size, e.g. "6m", on a new folder; skips the test where even root may not."""
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True, check=False)
    if made.returncode != 0:
        pytest.skip("this system lets nobody mount a disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def remount(folder: Path, option: str) -> None:
    """Change a mounted disk: "size=200m", "ro"."""
    subprocess.run(["mount", "-o", f"remount,{option}", folder], check=True)
