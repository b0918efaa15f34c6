"""Time to the first window of a program whose workspace holds 5,000 pieces of evidence, as a ratio to a bare PySide6 window.

QT_QPA_PLATFORM=offscreen .venv/bin/python tests/benchmarks/first_window.py
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from large_visit import make

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow, QLabel
application = QApplication(sys.argv)
window = QMainWindow(); window.setCentralWidget(QLabel("bare")); window.resize(1480, 900); window.show(); application.processEvents()
"""

OURS = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from auditor_app.ui.app import start
application = QApplication(sys.argv)
window = start(application, Path(sys.argv[1])); application.processEvents()
import os; os._exit(0)
"""


def main() -> None:
    """Measure whole processes in turns and print the ratio of the fastest."""
    folder = Path(tempfile.mkdtemp())
    make(folder / "workspace", folder / "installation")
    surroundings = {**os.environ, "AUDITOR_INSTALLATION": str(folder / "installation")}
    bare, ours = [], []
    for _round in range(7):
        bare.append(_timed(["-c", BARE], surroundings))
        ours.append(_timed(["-c", OURS, str(folder / "workspace")], surroundings))
    print(f"first window {min(ours) * 1e3:.0f} ms, bare window {min(bare) * 1e3:.0f} ms, ratio {min(ours) / min(bare):.2f} (at most 2)")
    shutil.rmtree(folder)


def _timed(arguments: list[str], surroundings: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=surroundings, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
