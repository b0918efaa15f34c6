"""Everything about one piece of evidence: picture, caption, times, place, digests, links, export."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from auditor_app.domain.visit import Evidence
from auditor_app.ids import Digest
from auditor_app.translation import _
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.moments import TYPED, typed_words
from auditor_app.ui.names import in_groups
from auditor_app.ui.reading import for_writing, only_reads, shown_only
from auditor_app.ui.screens.evidence.area_choice import AreaChoice
from auditor_app.ui.screens.evidence.facts_part import FactsPart
from auditor_app.ui.screens.evidence.links_part import LinksPart
from auditor_app.ui.screens.evidence.origin_part import OriginPart
from auditor_app.ui.screens.evidence.view_state import links_of, lost_words, time_lines
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import across, scrolled
from auditor_app.ui.widgets.form_lines import named
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.line_editor import LineEditor
from auditor_app.ui.widgets.picture_view import PictureView
from auditor_app.ui.widgets.text_editor import TextEditor
from auditor_app.workflows.custody import Custody
from auditor_app.workflows.visits import OpenVisit
from auditor_app.workflows.wording import evidence_kind, place_words, size_words

Describe = Callable[[str, str, Done, Done], object]
"""Called with "visit/digest/field", the text, and what to call afterwards."""


class EvidenceDetails(QFrame):
    """The panel at the end of the screen. Its signals without a value mean the piece shown."""

    export_wanted = Signal()
    closer_wanted = Signal()
    copy_wanted = Signal()
    clock_wanted = Signal()
    link_wanted = Signal()

    def __init__(self, desk: Desk, describe: Describe, happened: Describe) -> None:
        """Build it for no piece; `describe` saves what is typed, `happened` the time, once it was read."""
        super().__init__()
        self.setObjectName("guide")
        self.digest = Digest("")
        self.words: dict[str, str] = {}
        self.picture = PictureView(desk.theme, name=_("Look closer at this evidence"), height=212)
        self.picture.clicked.connect(lambda _checked=False: self.closer_wanted.emit())
        self.name = label("", "tiny", wrap=True, selectable=True)
        shows, when = _("What it shows, where, and why it matters"), _("as the camera says, or 2026-11-16 09:30")
        self.caption = TextEditor(describe, name=_("Caption"), placeholder=shows, lines=2, unsaved=desk.unsaved)
        self.happened = LineEditor(happened, name=_("Happened"), placeholder=when, unsaved=desk.unsaved)
        who = _("who gave it to you")
        self.provided = LineEditor(describe, name=_("Provided by"), placeholder=who, unsaved=desk.unsaved)
        self.area = shown_only(AreaChoice())
        self.link_many = for_writing(button(_("Link to many…  L"), self.link_wanted.emit, role="link", name=_("Link to many at once (L)")))
        self.links, self.origin = LinksPart(desk), OriginPart()
        self.facts = FactsPart()
        self.copy = for_writing(button(_("Make a copy…"), self.copy_wanted.emit, name=_("Make a copy: turn, crop, blur, mark")))
        self.clock = for_writing(button(_("Learn a camera's clock…"), self.clock_wanted.emit, role="link"))
        self.export = button(_("Export original…"), self.export_wanted.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.addWidget(scrolled(self._inside(), ground="surface"))

    def show_evidence(self, opened: OpenVisit, one: Evidence, held: Custody | None) -> None:
        """Show a piece of evidence; `held` tells where its bytes are."""
        self.digest = one.digest
        self.name.setText(f"{one.name} · {evidence_kind(one)}")
        self.caption.show_text(f"{opened.state.id}/{one.digest}/caption", one.caption)
        self.happened.show_text(f"{opened.state.id}/{one.digest}/happened_at", typed_words(one.happened_at))
        self.provided.show_text(f"{opened.state.id}/{one.digest}/provided_by", one.provided_by)
        self.area.show_areas(opened.state.areas, one.area if any(area.id == one.area for area in opened.state.areas) else "")
        self.origin.show_origin(opened, one)
        self.links.show_links(opened, links_of(opened, one.digest))
        lines = [line for line in self._lines(opened, one, held) if line[1]]
        digests = _digests(one, held)
        self.words = dict(lines) | {name: in_groups(digest) for name, digest in digests}
        self.facts.show_facts(lines, digests)
        released = bool(held and held.released_at)
        self.export.setEnabled(not released)
        self.copy.setVisible(one.media_type.startswith("image/") and one.media_type != "image/svg+xml" and not released)
        self.export.setToolTip(_("The original was released from this laptop; the office has it.") if released else "")

    def commit(self) -> None:
        """Save what is typed."""
        self.caption.commit()
        self.happened.commit()
        self.provided.commit()
        self.links.commit()

    def _lines(self, opened: OpenVisit, one: Evidence, held: Custody | None) -> list[tuple[str, str]]:
        width, height = one.captured.get("width", 0), one.captured.get("height", 0)
        pixels = f" · {width} × {height}" if width and height else ""
        return [
            *time_lines(one, held),
            (_("Taken in by"), opened.state.writer(one.taken_in_by)),
            (_("Coordinates"), place_words(one)),
            (_("Device"), one.captured.get("device", "")),
            (_("Size"), size_words(one.size) + pixels),
            (_("Lost before it came to us"), "" if one.derived_from else lost_words(one)),
        ]

    def _inside(self) -> QWidget:
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.picture)
        layout.addWidget(self.name)
        layout.addWidget(self.origin)
        layout.addLayout(named(_("Caption"), self.caption))
        layout.addWidget(self.links)
        layout.addWidget(self.link_many, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(across())
        hint = "" if only_reads() else _("Local time. Say it where the camera's clock is wrong.")
        layout.addLayout(named(_("Happened"), self.happened, hint))
        layout.addLayout(named(_("Found in"), self.area))
        layout.addLayout(named(_("Provided by"), self.provided))
        layout.addWidget(self.clock, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self.facts)
        layout.addWidget(self.copy)
        layout.addWidget(self.export)
        layout.addStretch(1)
        self.happened.setToolTip(TYPED)
        return inside


def _digests(one: Evidence, held: Custody | None) -> list[tuple[str, str]]:
    original = (_("Digest of the original (SHA-256)"), one.digest)
    return [original, (_("Digest of the sealed file"), held.sealed)] if held else [original]
