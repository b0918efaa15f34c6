"""Trying the mailbox out beside the window: when it is named, and when a person asks."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from auditor_app.translation import _
from auditor_app.ui.background import Beside
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.screens.hand_over import on_lane
from auditor_app.ui.screens.hand_over.mailbox_card import MailboxCard


class MailboxTrial(QObject):
    """`kept` comes when a mailbox was tried out and is kept."""

    kept = Signal()

    def __init__(self, desk: Desk, card: MailboxCard) -> None:
        """Serve a card."""
        super().__init__(card)
        self._desk, self._card = desk, card
        card.named_anew.connect(self._name)
        card.test_wanted.connect(self._test)

    def _name(self, url: str, user: str, password: str, authority: str) -> None:
        self._desk.background.run_beside(
            Beside(lambda _workspace: on_lane.place_of(url, user, password, authority), on_lane.try_place, on_lane.keep_if_it_works),
            owner=self,
            done=self._tried,
            failed=lambda error: self._card.say(notice_of(error).text),
        )

    def _tried(self, found: Any) -> None:
        self._card.say(notice_of(found.problem).text if found.problem else "")
        if found.problem is None:
            self._card.kept()
            self._tell(found)
        self.kept.emit()

    def _test(self) -> None:
        self._desk.background.run_beside(
            Beside(on_lane.kept_place, on_lane.try_place, lambda _workspace, _place, found: found),
            owner=self,
            done=self._tell,
            failed=lambda error: self._card.tell_found(notice_of(error).text, good=False),
        )

    def _tell(self, found: Any) -> None:
        if found.problem is None:
            self._card.tell_found(_("It works: a trial file was written, read, listed and deleted."), good=True)
        else:
            self._card.tell_found(notice_of(found.problem).text, good=False)
