"""The names of places in the document that links lead to, by order so that no text of a person becomes a name.

Each raises KeyError when the content names something it does not hold.
"""

from collections.abc import Iterable

from auditor_app.reporting.content import EvidenceItem, ReportContent


def criterion_key(content: ReportContent, number: str) -> str:
    """Name the place of a criterion in the table of criteria."""
    return f"criterion-{_order(row.number for row in content.criteria)[number]}"


def finding_key(content: ReportContent, number: str) -> str:
    """Name the place of a finding."""
    return f"finding-{_order(finding.number for finding in content.findings)[number]}"


def evidence_key(content: ReportContent, number: str) -> str:
    """Name the place of an item in the list of evidence."""
    return f"evidence-{_order(item.number for item in content.evidence)[number]}"


def evidence_item(content: ReportContent, number: str) -> EvidenceItem:
    """Find an item of evidence by its number."""
    return {item.number: item for item in content.evidence}[number]


def _order(numbers: Iterable[str]) -> dict[str, int]:
    return {number: order for order, number in enumerate(numbers)}
