"""One piece of evidence as large as the screen allows, with the next ones a key away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.elided import Elided
from auditor_app.ui.widgets.picture_view import PictureView


class CloserLook(QWidget):
    """`left` asks to go back to the grid, `stepped` carries -1 or +1."""

    left = Signal()
    stepped = Signal(int)

    def __init__(self, theme: Theme) -> None:
        """Begin without a picture."""
        super().__init__()
        self.title = Elided("", "section")
        self.picture = PictureView(theme, name=_("The picture; click or press Escape to go back"))
        self.picture.clicked.connect(lambda _checked=False: self.left.emit())
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(button(_("‹ All evidence"), self.left.emit, role="link", name=_("Back to all evidence (Escape)")))
        head.addWidget(self.title, 1)
        head.addWidget(button("‹", lambda: self.stepped.emit(-1), role="plain", name=_("Piece before (Left)")))
        head.addWidget(button("›", lambda: self.stepped.emit(1), role="plain", name=_("Next piece (Right)")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.picture, 1)
        self.setFocusProxy(self.picture)

    def show_piece(self, title: str, image: QImage, words: str, kind: str) -> None:
        """Show a piece."""
        self.title.setText(title)
        self.picture.show_image(image, words, kind)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with the arrows, back with Escape."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.stepped.emit(step)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
