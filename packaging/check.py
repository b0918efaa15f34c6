"""Sets up everything and runs what every change must pass: style, types, the architecture's import rules, and the tests.

python3 packaging/check.py            all of it, as CI does
python3 packaging/check.py --quick    without the tests
"""

import os
import subprocess
import sys
import time

import environment

CHECKS = {
    "style": [environment.tool("ruff"), "check", "."],
    "layout": [environment.tool("ruff"), "format", "--check", "."],
    "types": [environment.tool("mypy")],
    "import rules": [environment.tool("lint-imports"), "--no-cache"],
    "tests": [str(environment.python()), "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal"],
}


def main() -> int:
    """Run every check, also after one has failed, and tell which did."""
    try:
        environment.set_up("requirements-dev.lock", environment.QT_PACKAGES + environment.JUDGES + environment.STAGE)
        environment.check_qt()
    except environment.Missing as missing:
        print(missing, file=sys.stderr)
        return 3
    names = [name for name in CHECKS if name != "tests" or "--quick" not in sys.argv]
    failed = [name for name in names if not _passes(name)]
    print(f"Failed: {', '.join(failed)}" if failed else "Everything passed.")
    return 1 if failed else 0


def _passes(name: str) -> bool:
    print(f"── {name}", flush=True)
    began = time.monotonic()
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    code = subprocess.run(CHECKS[name], cwd=environment.ROOT, env=surroundings, check=False).returncode
    print(f"── {name}: {'passed' if code == 0 else 'FAILED'} in {time.monotonic() - began:.0f} s", flush=True)
    return code == 0


if __name__ == "__main__":
    sys.exit(main())
