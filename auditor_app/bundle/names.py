"""The names of a bundle's files. Nothing in clear names the site, a person or a finding; whatever is not listed here is refused."""

import re

from auditor_app.ids import Digest

DECLARATION, INFO, MANIFEST, TAG_MANIFEST = "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"
SIGNATURE = "tagmanifest-sha256.txt.p7s"
HOW_TO_CHECK = "HOW-TO-CHECK.txt"
RECORD = "data/record.age"

TAG_FILES = (DECLARATION, INFO, MANIFEST, HOW_TO_CHECK)
"""The tag files that the tag manifest lists."""

EVIDENCE_FILES, REPORT_FILES = "data/evidence/", "data/findings/"
"""Where evidence and signed reports are."""

_PAYLOAD = re.compile(r"data/(record\.age|evidence/[0-9a-f]{64}\.age|findings/[0-9a-f]{64}\.pdf\.age)")


def evidence_name(sealed: Digest) -> str:
    """Name a sealed evidence file in a bundle."""
    return f"{EVIDENCE_FILES}{sealed}.age"


def findings_name(sealed: Digest) -> str:
    """Name a sealed findings PDF in a bundle."""
    return f"{REPORT_FILES}{sealed}.pdf.age"


def is_payload(name: str) -> bool:
    """Say whether a name is one that a payload file may have."""
    return _PAYLOAD.fullmatch(name) is not None


def is_known(name: str) -> bool:
    """Say whether a file of this name belongs into a bundle."""
    return name in {*TAG_FILES, TAG_MANIFEST, SIGNATURE} or is_payload(name)
