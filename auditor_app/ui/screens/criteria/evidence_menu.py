"""Menus on evidence: what can be done with a tile, and which evidence a check or criterion leans on."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QMenu, QWidget

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import STANCES
from auditor_app.ids import Digest
from auditor_app.translation import _
from auditor_app.ui.reading import only_reads
from auditor_app.ui.screens.criteria.view_state import Linked
from auditor_app.workflows.visits import OpenVisit

Link = Callable[[Digest, Subject, str], object]
"""Called with a piece of evidence, a target and a stance; "" takes the link away."""

LATEST = 12
"""Pieces of evidence that a menu offers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """What a menu does besides linking: add files, put further ways to take evidence in into it, show all evidence."""

    add: Callable[[], object]
    ways: Callable[[QMenu], object]
    show_all: Callable[[], object]


def tile_menu(parent: QWidget, linked: Linked, link: Link, show: Callable[[], object]) -> QMenu:
    """Offer to show a piece of evidence, to change its stance, to take its links on this page away."""
    menu = QMenu(parent)
    menu.addAction(_("Show in Evidence")).triggered.connect(lambda _checked=False: show())
    if only_reads():
        return menu
    menu.addSeparator()
    for stance, words in zip(STANCES, (_("It supports"), _("It contradicts")), strict=True):
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(linked.contradicts == (stance == "contradicts"))
        action.triggered.connect(lambda _checked=False, stance=stance: _set_all(linked, link, stance))
    menu.addSeparator()
    menu.addAction(_("Take it off this criterion")).triggered.connect(lambda _checked=False: _set_all(linked, link, ""))
    return menu


def link_menu(parent: QWidget, opened: OpenVisit, target: Subject, link: Link, acts: Acts) -> QMenu:
    """Offer to add files for a target, or to link evidence of the visit that is there; the latest first."""
    menu = QMenu(parent)
    menu.addAction(_("Add files…")).triggered.connect(lambda _checked=False: acts.add())
    acts.ways(menu)
    known = sorted(opened.state.evidence.values(), key=lambda one: one.taken_in_at, reverse=True)[:LATEST]
    linked = {one.evidence for one in opened.state.links_to(target)}
    if known:
        menu.addSeparator()
    for one in known:
        action = menu.addAction(one.title.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(one.digest in linked)
        action.triggered.connect(lambda checked, digest=one.digest: link(digest, target, "supports" if checked else ""))
    if len(opened.state.evidence) > LATEST:
        menu.addSeparator()
        menu.addAction(_("All evidence of the visit")).triggered.connect(lambda _checked=False: acts.show_all())
    return menu


def _set_all(linked: Linked, link: Link, stance: str) -> None:
    for target in linked.targets:
        link(linked.digest, target, stance)
