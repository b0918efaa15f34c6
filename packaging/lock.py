"""Writes the two lock files from pyproject.toml: exact pins with hashes for every system, without any index address. Needs uv.

python3 packaging/lock.py
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
COMMON = ["uv", "pip", "compile", "--universal", "--generate-hashes", "--python-version", "3.11", "--no-header", "--no-annotate"]
LOCKS = {
    "requirements.lock": ["--group", "build"],
    "requirements-dev.lock": ["--group", "build", "--group", "dev", "--all-extras", "-c", "packaging/requirements.lock"],
}


def main() -> int:
    """Compile both files; the second keeps to the pins of the first."""
    for name, groups in LOCKS.items():
        command = [*COMMON, *groups, "--no-emit-index-url", "pyproject.toml", "-o", f"packaging/{name}", "-q"]
        subprocess.run(command, cwd=ROOT, check=True)
        if "//" in (ROOT / "packaging" / name).read_text():
            print(f"packaging/{name} names an address; it must not")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
