"""Making a copy of a picture: turned, cropped, blurred, with boxes, arrows and words. The original stays as it is."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QKeyEvent, Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from auditor_app.domain.visit import Evidence
from auditor_app.translation import N_, _
from auditor_app.ui.screens.evidence.copy_canvas import CopyCanvas
from auditor_app.ui.screens.evidence.copy_plan import ARROW, BLUR, BOX, CROP, TEXT, editing_of
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.elided import Elided
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.form_lines import text_line
from auditor_app.ui.widgets.labels import dress, label

TOOLS = ((BLUR, N_("Blur")), (BOX, N_("Box")), (ARROW, N_("Arrow")), (TEXT, N_("Words")), (CROP, N_("Crop")))
HINTS = {
    BLUR: N_("Drag over faces, names and whatever must not be seen. In the copy it cannot be brought back."),
    BOX: N_("Drag a box around what matters."),
    ARROW: N_("Drag from where the arrow begins to what it points at."),
    TEXT: N_("Write the words, then press where they begin."),
    CROP: N_("Drag over the part that stays."),
}


class CopyMaker(QWidget):
    """`wanted` carries the editing that is to be done, `left` asks to go back without a copy."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        """Begin without a picture."""
        super().__init__()
        self.digest = ""
        self.title = Elided("", "section")
        self.canvas = CopyCanvas(theme)
        self.make = button(_("Make the copy"), lambda: self.wanted.emit(editing_of(self.canvas.plan)), role="first")
        self.back = button(_("Take the last back"), self.canvas.take_back, role="link", name=_("Take the last step back (Ctrl+Z)"))
        self.words = text_line(_("Words to put on the picture"))
        self.words.setAccessibleName(_("Words to put on the picture"))
        self.words.textChanged.connect(self._say)
        self.words.returnPressed.connect(self.canvas.setFocus)
        self.hint = label("", "muted", wrap=True)
        self._group = QButtonGroup(self)
        self.tools = {kind: self._tool(kind, _(words)) for kind, words in TOOLS}
        self._lay_out()
        self.canvas.changed.connect(self._allow)
        self.choose(BLUR)

    def show_picture(self, one: Evidence, image: QImage) -> None:
        """Begin a copy of a piece; `image` may be smaller than the original."""
        self.digest = one.digest
        self.title.setText(_("A copy of “{title}”").format(title=one.title))
        longer = max(one.captured.get("width", 0), one.captured.get("height", 0)) or max(image.width(), image.height())
        scale = longer / max(1, image.width(), image.height())
        self.canvas.show_image(image, max(1, round(image.width() * scale)), max(1, round(image.height() * scale)))
        self.words.clear()
        self.choose(BLUR)
        self.canvas.setFocus()

    def choose(self, tool: str) -> None:
        """Take another tool in hand."""
        self.canvas.tool = tool
        self.tools[tool].setChecked(True)
        self.hint.setText(_(HINTS[tool]))
        self.words.setVisible(tool == TEXT)
        if tool == TEXT:
            self.words.setFocus()

    def at_work(self, making: bool) -> None:
        """Wait while the copy is made."""
        self.make.setText(_("Making the copy…") if making else _("Make the copy"))
        self.setEnabled(not making)

    def _say(self, text: str) -> None:
        self.canvas.words = text
        dress(self.words, state="")

    def _allow(self) -> None:
        self.make.setEnabled(self.canvas.plan.does_anything)
        self.back.setEnabled(self.canvas.plan.does_anything)

    def _tool(self, kind: str, words: str) -> QPushButton:
        made = button(words, partial(self.choose, kind), role="choice", name=_("Tool: {tool}").format(tool=words))
        made.setCheckable(True)
        self._group.addButton(made)
        return made

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(button(_("‹ No copy"), self.left.emit, role="link", name=_("Back to all evidence without a copy (Escape)")))
        head.addWidget(self.title, 1)
        head.addWidget(self.make)
        line = Flow(spacing=8)
        for tool in self.tools.values():
            line.addWidget(tool)
        line.addWidget(button(_("Turn ↻"), self.canvas.turn, name=_("Turn a quarter clockwise")))
        line.addWidget(self.back)
        tools = QWidget()
        tools.setLayout(line)
        foot = _("The original stays as it is. The copy is evidence of its own that names it, without the camera's data.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        for widget in (tools, self.words, self.hint):
            layout.addWidget(widget)
        layout.addWidget(self.canvas, 1)
        layout.addWidget(label(foot, "tiny", wrap=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
