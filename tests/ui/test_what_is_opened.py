"""A part of a page that was just opened is seen."""

from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from auditor_app.ui.widgets.focus import bring_into_sight


def _page(qtbot) -> tuple[QScrollArea, QLabel, QLabel]:
    """Show a page with something above a part, far down."""
    area, content = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    column, above, part = QVBoxLayout(content), QLabel("above"), QLabel("just opened")
    for widget, height in ((above, 600), (part, 40), (QLabel("below"), 900)):
        widget.setFixedHeight(height)
        column.addWidget(widget)
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.resize(400, 300)
    area.show()
    qtbot.waitExposed(area)
    return area, above, part


def _is_seen(part: QWidget) -> bool:
    return part.visibleRegion().boundingRect().height() == part.height()


def test_it_is_scrolled_to(qtbot):
    _area, _above, part = _page(qtbot)
    assert not _is_seen(part)
    bring_into_sight(part)
    qtbot.waitUntil(lambda: _is_seen(part), timeout=2_000)


def test_it_stays_in_sight_when_what_stands_above_it_comes_late(qtbot):
    _area, above, part = _page(qtbot)
    bring_into_sight(part)
    qtbot.waitUntil(lambda: _is_seen(part), timeout=2_000)
    above.setFixedHeight(1_500)
    qtbot.wait(50)
    assert _is_seen(part)
