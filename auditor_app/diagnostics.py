"""What a crash leaves for whoever mends it: where in the program it happened, never what the auditor wrote."""

import platform
import sys
import traceback
from pathlib import Path

from auditor_app import __version__
from auditor_app.clock import SystemClock, moment_text
from auditor_app.install_paths import log_folder


def crash_report(error: BaseException) -> str:
    """Describe a crash by versions, kinds of errors and places in the program; texts of errors may hold names and stay out."""
    lines = [f"Auditor App {__version__}, Python {platform.python_version()}, {platform.platform()}"]
    link: BaseException | None = error
    while link is not None:
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(link.__traceback__)]
        link = link.__cause__ or link.__context__
    return "\n".join(lines) + "\n"


def note_crash(error: BaseException) -> Path | None:
    """Write a crash report into the log folder and give its path; None when even that is impossible (then it goes to standard error)."""
    report = crash_report(error)
    path = log_folder() / f"crash-{moment_text(SystemClock().now()).replace(':', '')}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(report, "utf-8")
    except OSError:
        sys.stderr.write(report)
        return None
    return path
