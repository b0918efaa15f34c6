"""The names of places in the document that links lead to, by order so that no text of a person becomes a name.

Each raises KeyError when the content names something it does not hold.
"""

from auditor_app.reporting.content import EvidenceItem, ReportContent


def criterion_key(content: ReportContent, number: str) -> str:
    """Name the place of a criterion in the table of criteria."""
    return f"criterion-{content.places.criteria[number]}"


def finding_key(content: ReportContent, number: str) -> str:
    """Name the place of a finding."""
    return f"finding-{content.places.findings[number]}"


def evidence_key(content: ReportContent, number: str) -> str:
    """Name the place of an item in the list of evidence."""
    return f"evidence-{content.places.evidence[number]}"


def evidence_item(content: ReportContent, number: str) -> EvidenceItem:
    """Find an item of evidence by its number."""
    return content.evidence[content.places.evidence[number]]


def interview_key(code: str) -> str:
    """Name the place of an interview by its code, e.g. "I-3"."""
    return f"interview-{int(code.rpartition('-')[2]) - 1}"


def limit_key(order: int) -> str:
    """Name the place of a limit by its order."""
    return f"limit-{order}"
