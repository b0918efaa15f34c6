"""The hand-over screen: making the bundle, the mailbox, receipts, and releasing what the office holds."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from auditor_app.progress import Progress
from auditor_app.translation import _, plural
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice, notice_of
from auditor_app.ui.screens.hand_over import on_lane
from auditor_app.ui.screens.hand_over.bundle_list import BundleList
from auditor_app.ui.screens.hand_over.hindrances import Hindrances
from auditor_app.ui.screens.hand_over.items_card import ItemsCard
from auditor_app.ui.screens.hand_over.mailbox_card import MailboxCard
from auditor_app.ui.screens.hand_over.mailbox_trial import MailboxTrial
from auditor_app.ui.screens.hand_over.metered_card import MeteredCard
from auditor_app.ui.screens.hand_over.release_card import ReleaseCard
from auditor_app.ui.screens.hand_over.review_part import ReviewPart
from auditor_app.ui.screens.hand_over.rules_card import RulesCard
from auditor_app.ui.screens.hand_over.sender import Sender
from auditor_app.ui.screens.hand_over.steps_bar import StepsBar
from auditor_app.ui.screens.hand_over.view_state import Standing, copied_words, in_the_way, mail_words
from auditor_app.ui.screens.screen import Screen
from auditor_app.ui.signing.pin_question import PinQuestion
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, scrolled
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.job_line import JobLine
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.workflows.sending_rules import ASK, SendingRules
from auditor_app.workflows.visits import OpenVisit
from auditor_app.workspace import Workspace

if TYPE_CHECKING:
    from auditor_app.workflows.office_mail import Fetched

T = TypeVar("T")


class HandOverScreen(Screen):
    """The way of a visit to the office, one step after the other, each visible."""

    def __init__(self, desk: Desk) -> None:
        """Build the steps and the cards."""
        super().__init__(desk)
        self.standing = Standing()
        self.steps, self.bundles = StepsBar(desk.theme), BundleList(desk.theme)
        self.mailbox, self.rules, self.release = MailboxCard(), RulesCard(), ReleaseCard()
        self.items = ItemsCard(desk.theme)
        self.make = button(_("Make the bundle"), partial(self.make_bundle, None), role="first")
        self.copy = button(_("Make it with a copy on a stick…"), self._offer_copy)
        self.look = button(_("Look in the mailbox"), self.look_for_letters)
        self.take = button(_("Letter from a stick…"), self._take_letters)
        self.job, self.pin = JobLine(desk.background, name=_("Handing over")), PinQuestion(desk)
        self.waits = label(_("Other changes are saved once this is done or stopped."), "tiny")
        self.job.content.addWidget(self.waits)
        self.trial = MailboxTrial(desk, self.mailbox)
        self.send_waiting = button(_("Send everything that waits"), self.send_all)
        self.ahead = button(_("Send the evidence ahead"), lambda: self.outgoing.send_ahead(self._visit))
        self.outgoing = Sender(desk, self.job)
        self.metered = MeteredCard(self.outgoing.go_on_all_the_same)
        self.tries = label(_("Sending waits and goes on by itself as soon as it can; the program may be closed meanwhile."), "tiny")
        self.tries.hide()
        self.hindrance, self.review = Hindrances(desk), ReviewPart(desk)
        self._lay_out()
        self._connect()

    def show_visit(self, opened: OpenVisit) -> None:
        """Show a visit; how far its hand-over is follows."""
        if self.opened is None or self.opened.state.id != opened.state.id:
            self.standing = Standing()
            QTimer.singleShot(0, self, self.make.setFocus)
        self.opened = opened
        self._load()

    def leave(self) -> None:
        """Save what is typed."""
        self.review.commit()

    def show_item(self, item: str) -> None:
        """Go to a question of the office."""
        self.review.go_to_question(item)

    def make_bundle(self, out: Path | None) -> None:
        """Make the bundle of the visit, and a copy at `out`; a smart card asks for its PIN first."""
        self.pin.ask_if(self.standing.card, partial(self._make_bundle, out))

    def _make_bundle(self, out: Path | None, pin: str | None) -> None:
        visit = self._visit
        told = _("The bundle is made, read again and verified.")
        if out is not None:
            told = _("The bundle is made and verified, and so is its copy at {path}.").format(path=out)
        self._run(
            lambda workspace, progress: on_lane.make(workspace, visit, out, pin, progress),
            _("Gathering what the bundle holds"),
            lambda _bundle: told,
        )

    def send(self, bundle: str) -> None:
        """Put a bundle into the mailbox."""
        self._send([bundle])

    def send_all(self) -> None:
        """Put every bundle that waits into the mailbox, in the order of the queue."""
        self._send(list(self.standing.queue))

    def _send(self, bundles: list[str]) -> None:
        if not self.standing.url:
            self.mailbox.open_form()
            return
        self.outgoing.send(bundles, asks=self.standing.rules.metered == ASK)

    def look_for_letters(self) -> None:
        """Look what the office has put into the mailbox."""
        self._run(on_lane.look_for_letters, _("Looking in the mailbox"), mail_words, told=self._mail_came)

    def take_letters(self, source: Path) -> None:
        """Take the office's letters in from a stick: one file, or a folder."""
        self._run(lambda workspace, _progress: on_lane.take_letters(workspace, source), _("Reading"), mail_words, told=self._mail_came)

    def _mail_came(self, fetched: "Fetched") -> None:
        for _name, error in fetched.refused:
            self.desk.tell_error(error)
        self.review.mail_came(fetched, self._visit)

    @property
    def hindrances(self) -> tuple[str, ...]:
        """Say what keeps the bundle from being made."""
        return tuple(words for words, _stage in self._in_the_way)

    @property
    def _in_the_way(self) -> tuple[tuple[str, str], ...]:
        return in_the_way(self.standing, len(self.opened.state.clashes) if self.opened else 0)

    def _run(
        self,
        work: Callable[[Workspace, Progress], T],
        first: str,
        words: Callable[[T], str],
        told: Callable[[T], None] = lambda _result: None,
    ) -> None:
        def done(result: T) -> None:
            self.desk.tell(Notice(tone="good", text=words(result)))
            told(result)

        self._allow(False)
        self.waits.show()
        self.job.run(
            work,
            first=first,
            done=done,
            failed=self.desk.tell_error,
            ended=self._load,
        )

    def _load(self) -> None:
        visit = self._visit
        self.desk.background.run(lambda workspace: on_lane.load(workspace, visit), owner=self, done=self._show)

    def _show(self, standing: Standing) -> None:
        self.standing = standing
        self.desk.handed_over()
        self.steps.show_bundle(standing.bundles[0] if standing.bundles else None)
        self.bundles.show_bundles(standing.bundles)
        self.items.show_items(standing.items)
        self.mailbox.show_standing(standing)
        self.release.show_standing(standing)
        self.rules.show_standing(standing)
        self.make.setText(_("Make another bundle") if standing.bundles else _("Make the bundle"))
        self.make.setAccessibleName(self.make.text())
        dress(self.make, role="plain" if standing.bundles else "first")
        self.hindrance.show_all(self._in_the_way)
        if self.opened is not None:
            self.review.show_review(self.opened, handed_over=bool(standing.bundles))
        self._allow(not self.job.at_work)

    def _allow(self, allowed: bool) -> None:
        ready = allowed and not self._in_the_way
        for act in (self.make, self.copy):
            act.setEnabled(ready)
        self.look.setEnabled(allowed and self.standing.signer and bool(self.standing.url))
        self.take.setEnabled(allowed and self.standing.signer)
        self.release.setEnabled(allowed)
        self.send_waiting.setVisible(len(self.standing.queue) > 1)
        self.send_waiting.setEnabled(allowed)
        self.ahead.setVisible(not self.standing.bundles)
        self.ahead.setEnabled(allowed and bool(self.standing.url) and self.standing.signer)
        self.tries.setVisible(self.outgoing.waits)
        for act in self.bundles.sends:
            act.setEnabled(allowed)

    def _offer_copy(self) -> None:
        menu = QMenu(self)
        menu.addAction(_("As one zip file…")).triggered.connect(lambda _checked=False: self.copy_as_zip())
        menu.addAction(_("As a folder…")).triggered.connect(lambda _checked=False: self._copy_as_folder())
        menu.popup(self.copy.mapToGlobal(QPoint(0, self.copy.height())))

    def copy_as_zip(self) -> None:
        """Make the bundle, with a copy as one file where a person says."""
        name, _kind = QFileDialog.getSaveFileName(self, _("Copy of the bundle"), "bundle.zip", "ZIP (*.zip)")
        if name:
            self.make_bundle(Path(name).with_suffix(".zip"))

    def _copy_as_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Where to put the folder “bundle”"))
        if name:
            self.make_bundle(Path(name) / "bundle")

    def _take_letters(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("The office's letter"))
        if name:
            self.take_letters(Path(name))

    def _keep_rules(self, rules: SendingRules) -> None:
        self.desk.background.run(
            lambda workspace: on_lane.keep_rules(workspace, rules),
            owner=self,
            done=lambda _none: self._ruled(),
            failed=lambda error: self.rules.say(notice_of(error).text),
        )

    def _ruled(self) -> None:
        self.rules.kept()
        self._load()

    def _arrange(self, act: str, bundle: str) -> None:
        if act == "pause":
            self.outgoing.leave_out(bundle)
        self.desk.background.run(lambda workspace: on_lane.arrange(workspace, act, bundle), owner=self, done=lambda _none: self._load())

    def _sending_changed(self) -> None:
        self.waits.hide()
        self.metered.hide()
        self._load()

    def _choose_stick(self, bundle: str) -> None:
        name = QFileDialog.getExistingDirectory(self, _("The stick"))
        if name:
            self.copy_to_stick(bundle, Path(name))

    def copy_to_stick(self, bundle: str, folder: Path) -> None:
        """Put a bundle on a stick, read it back from there, and say what else is on it and that it may go."""
        self._run(
            lambda workspace, progress: (
                on_lane.copy_to_stick(workspace, bundle, folder, False, progress),
                on_lane.look_at_stick(workspace, folder),
            ),
            _("Looking at the stick"),
            lambda done: copied_words(*done),
        )

    def _release(self) -> None:
        visit = self._visit
        self.desk.background.run(lambda workspace: on_lane.release(workspace, visit), owner=self, done=self._released)

    def _released(self, count: int) -> None:
        words = plural("{count} original was removed from this laptop.", "{count} originals were removed from this laptop.", count)
        self.desk.tell(Notice(tone="good", text=words))
        self._load()

    def _connect(self) -> None:
        self.bundles.send_wanted.connect(self.send)
        self.bundles.copy_wanted.connect(self._choose_stick)
        self.bundles.arranged.connect(self._arrange)
        self.trial.kept.connect(self._load)
        self.rules.ruled.connect(self._keep_rules)
        self.outgoing.changed.connect(self._sending_changed)
        self.outgoing.asks.connect(self.metered.show)
        self.release.confirmed.connect(self._release)

    def _lay_out(self) -> None:
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(24, 18, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(label(_("Hand over"), "title"))
        at_work, cards = (self.metered, self.job, self.tries), (self.mailbox, self.rules, self.release)
        for widget in (self.steps, self.review, self._make_card(), *at_work, self.bundles, self.items, *cards):
            layout.addWidget(widget)
        layout.addStretch(1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    def _make_card(self) -> Card:
        card, acts = Card(margin=16, spacing=10), Flow()
        words = _("Journal, evidence and signed reports, sealed to the office. Nothing in clear names the site, a person or a finding.")
        card.content.addWidget(label(words, "muted", wrap=True))
        card.content.addWidget(self.hindrance)
        for act in (self.make, self.copy, self.look, self.take, self.ahead, self.send_waiting):
            acts.addWidget(act)
        card.content.addLayout(acts)
        card.content.addWidget(self.pin)
        return card
