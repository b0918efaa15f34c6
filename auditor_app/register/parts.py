"""Libraries that only an office needs: an optional part of the program, loaded when it is used."""

import importlib
from typing import Any

from auditor_app.errors import Unavailable


def office_part(module: str) -> Any:
    """Load a library of the office's part. Raises Unavailable("office_part_missing")."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise Unavailable("office_part_missing", module=module) from error
