"""The office's word that it did not take a bundle, and why: the letter that goes back to the auditor who signed it."""

from typing import Annotated

import msgspec

from auditor_app.ids import Digest
from auditor_app.plain_text import LONGEST_LINE

MOST_REASONS, MOST_PLACES = 30, 20
"""A refusal names at most so many reasons, and so many places for each: enough to know what is wrong."""

_Line = Annotated[str, msgspec.Meta(max_length=LONGEST_LINE)]
_Sha256 = Annotated[Digest, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
_Moment = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\Z")]


class Reason(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One reason: a stable name (the question of the check, or the code of an error), the check's own reason, and where."""

    code: _Line
    detail: _Line = ""
    places: Annotated[tuple[_Line, ...], msgspec.Meta(max_length=MOST_PLACES)] = ()


class Refusal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="auditor-app-refusal-1", tag_field="format"):
    """The office did not take a bundle; it has no receipt and counts for nothing there."""

    bundle: _Sha256
    office: _Line
    auditor: _Sha256
    """Fingerprint of the certificate that signed the bundle."""
    refused_at: _Moment
    reasons: Annotated[tuple[Reason, ...], msgspec.Meta(min_length=1, max_length=MOST_REASONS)]
