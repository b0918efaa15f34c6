"""The one byte form of structured data: what is digested and signed.

Sorted keys, no spaces, UTF-8, no floats (places and sizes are whole numbers or texts), so that two devices
and another programming language come to the same bytes.
"""

import json
from typing import Any


def canonical_bytes(value: Any) -> bytes:
    """Encode a JSON value. Raises TypeError for floats, UnicodeEncodeError for texts that are not valid Unicode."""
    _refuse_floats(value)
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError(f"a float has no single text form: {value!r}")
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a key must be a text: {key!r}")
            if type(item) is not str:  # most are, and this is done for every entry
                _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)
