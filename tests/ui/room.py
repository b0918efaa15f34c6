"""Measures a window as an eye and a finger do: which targets are too small, and which words are cut off or lie on others."""

from itertools import combinations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

FINGER = 44
TARGETS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)
SLACK = 2


def seen(window):
    """List the widgets of which something is in sight, without the parts that Qt makes for itself."""
    own = [one for one in window.findChildren(QWidget) if one.isVisible() and one.window() is window.window()]
    parts = [one for one in own if one.objectName().startswith("qt_") or isinstance(one.parent(), (QComboBox, QLineEdit))]
    return [one for one in own if one not in parts and not one.visibleRegion().isEmpty()]


def named(one):
    """Give the words that a person knows a widget by."""
    words = one.accessibleName() or (one.text() if hasattr(one, "text") else "")
    return f"{type(one).__name__}: {words}"[:80]


def small_targets(window):
    """List what a finger in a glove misses: controls, and rows of lists."""
    small = [(named(one), one.width(), one.height()) for one in seen(window) if _is_target(one) and min(one.width(), one.height()) < FINGER]
    lists = [one for one in seen(window) if isinstance(one, QAbstractItemView) and one.model() is not None]
    return small + [(named(one), height) for one in lists for height in _row_heights(one) if 0 < height < FINGER]


def cut_off(window):
    """List the words that do not fit their place, and those that lie on others."""
    found = [(named(one), words) for one in seen(window) for words in [_cut_words(one)] if words]
    pairs = [pair for one in seen(window) for pair in combinations(_worded_children(one), 2)]
    return found + [(named(one), named(other)) for one, other in pairs if _overlap(one, other)]


def _is_target(one):
    return isinstance(one, TARGETS) and one.focusPolicy() != Qt.FocusPolicy.NoFocus and one.isEnabled()


def _row_heights(one):
    model = one.model()
    rows = [model.index(row, 0) for row in range(min(model.rowCount(), 6))]
    return [one.visualRect(row).height() for row in rows if model.flags(row) & Qt.ItemFlag.ItemIsSelectable]


def _cut_words(one):
    measured = {QAbstractButton: _cut_button, QLabel: _cut_label, QLineEdit: _cut_line, QPlainTextEdit: _cut_text}
    return next((cut(one) for kind, cut in measured.items() if isinstance(one, kind)), "")


def _cut_button(one):
    wanted = one.sizeHint()
    narrow = one.width() < wanted.width() - SLACK or one.height() < wanted.height() - 3 * SLACK
    return one.text() if one.text() and narrow else ""


def _cut_label(one):
    if type(one) is not QLabel or not one.text():
        return ""  # others shorten their words by themselves, and show that they do
    needed = one.heightForWidth(one.width()) if one.wordWrap() else one.sizeHint().height()
    narrow = not one.wordWrap() and one.width() < one.sizeHint().width() - SLACK
    return one.text() if narrow or one.height() < needed - SLACK else ""


def _cut_line(one):
    return one.text() if one.fontMetrics().horizontalAdvance(one.text()) > one.contentsRect().width() - 2 * SLACK else ""


def _cut_text(one):
    words, view = one.toPlainText() or one.placeholderText(), one.viewport().rect()
    box = QRect(0, 0, view.width() - 2 * round(one.document().documentMargin()), 100_000)
    needed = one.fontMetrics().boundingRect(box, int(Qt.TextFlag.TextWordWrap), words).height()
    return words if needed > view.height() + SLACK and not one.verticalScrollBar().isVisible() else ""


def _worded_children(one):
    kinds = (QLabel, *TARGETS)
    children = [child for child in one.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly) if child.isVisible()]
    return [child for child in children if isinstance(child, kinds) and (not isinstance(child, QLabel) or child.text())]


def _overlap(one, other):
    common = one.geometry() & other.geometry()
    return min(common.width(), common.height()) > SLACK
