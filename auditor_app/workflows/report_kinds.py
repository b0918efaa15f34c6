"""The kinds of documents, and what holds of each: light enough for the window to know without loading what makes them."""

from auditor_app.errors import NotAllowed

FINDINGS, FULL, SUMMARY, PLAN, EDITABLE = "findings", "full", "summary", "plan", "editable"
KINDS = (FINDINGS, FULL, SUMMARY, PLAN, EDITABLE)
UNSIGNED = (SUMMARY, EDITABLE)
"""A public summary would bear the signer's name, and an editable copy is no record."""
FORMATS = {EDITABLE: "docx"}
"""The ending of a kind's files; all others are PDFs."""


def file_ending(kind: str) -> str:
    """Give the ending of the files of a kind, without a dot."""
    return FORMATS.get(kind, "pdf")


def check_asked(kind: str, *, sign: bool, preliminary: bool) -> None:
    """Demand a known kind that may be signed, or preliminary, as is asked. Raises NotAllowed."""
    if kind not in KINDS:
        raise NotAllowed("choice_unknown", field="kind", value=kind, choices=", ".join(KINDS))
    if sign and kind in UNSIGNED:
        raise NotAllowed("kind_never_signed", kind=kind)
    if preliminary and kind != FINDINGS:
        raise NotAllowed("kind_never_preliminary", kind=kind)
