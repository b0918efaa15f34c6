"""Quotes for the reason: what people said of a criterion, with their group and never a name. The text is built here, free of widgets."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QWidget

from auditor_app.translation import _
from auditor_app.workflows.triangulation import Said

LONGEST = 70
"""Characters of a quote that a menu shows."""


def quote_text(one: Said) -> str:
    """Write a quote out as a reason has it: the original words, what they mean, and which group said so."""
    original, meaning = one.quote.original.strip(), one.quote.interpreted.strip()
    said = f"“{original}”" if original else ""
    if meaning and meaning != original:
        said += (" " if said else "") + (_("(interpreted: “{words}”)").format(words=meaning) if original else f"“{meaning}”")
    return f"{said} ({one.interview.group})" if one.interview.group else said


def quote_menu(parent: QWidget, said: Sequence[Said], insert: Callable[[str], object]) -> QMenu:
    """Offer the quotes that speak to a criterion; `insert` gets the text of the chosen one."""
    menu = QMenu(parent)
    for one in said:
        words = " ".join((one.quote.interpreted or one.quote.original).split())
        against = " ≠" if one.quote.stance == "contradicts" else ""
        shown = f"{one.interview.group}{against}: {words if len(words) <= LONGEST else words[: LONGEST - 1] + '…'}"
        menu.addAction(shown.replace("&", "&&")).triggered.connect(lambda _checked=False, one=one: insert(quote_text(one)))
    if not said:
        menu.addAction(_("No quote speaks to this criterion yet; write quotes in Interviews")).setEnabled(False)
    return menu
