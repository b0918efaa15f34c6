"""What the hand-over screen shows, as pure functions: how far each bundle is, and what is still in the way. Free of Qt widgets."""

from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING

from auditor_app.translation import N_, _, plural
from auditor_app.ui.glyphs import BAD, GOOD, OPEN, WAITING, Mark
from auditor_app.ui.moments import day_words, local_words
from auditor_app.ui.sizes import size_text
from auditor_app.workflows.custody import Custody
from auditor_app.workflows.mail_words import said
from auditor_app.workflows.sending_rules import SendingRules

if TYPE_CHECKING:
    from auditor_app.workflows.office_mail import Fetched
    from auditor_app.workflows.stick import StickContent, StickCopy

ASIDE_WORDS = {
    "object_damaged": N_("a file of it is damaged on this laptop. Restore it from a backup, then let it go again."),
    "file_missing": N_("a file of it is gone from this laptop. Restore it from a backup, then let it go again."),
    "bundle_not_here": N_("its files are not on this laptop any more. Make the bundle again."),
    "place_returned_other_bytes": N_("the mailbox does not keep what is sent to it. Tell the office, then let it go again."),
}

MADE, SENT, RECEIVED = 1, 2, 3
"""How far a bundle is."""

STEPS = (N_("Made and verified"), N_("In the mailbox"), N_("Received by the office"))


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleLine:
    """One bundle; times are canonical, empty for not yet."""

    id: str
    files: int
    size: int
    made_at: str
    sent_at: str = ""
    received_at: str = ""
    paused: bool = False
    set_aside: str = ""
    """The code of what is wrong with it; empty when nothing is."""
    refused: str = ""
    """Why the office did not take it, and what to do; empty when it did, or has not said."""

    @property
    def stage(self) -> int:
        """Tell how far it is."""
        return RECEIVED if self.received_at else SENT if self.sent_at else MADE

    @property
    def state(self) -> str:
        """Say how far it is. *Sent* is never said: before the receipt it is only in the mailbox."""
        if self.received_at:
            return _("Received: the office has signed for every file of this bundle")
        if self.refused:
            return _("Refused by the office. {words}").format(words=self.refused)
        if self.set_aside and not self.sent_at:
            return _("Set aside: {words}").format(words=words_of_code(self.set_aside))
        if self.paused and not self.sent_at:
            return _("Made and verified, left out of sending until you let it go")
        return _("In the mailbox, waiting for the office's receipt") if self.sent_at else _("Made and verified, not in the mailbox yet")

    @property
    def mark(self) -> Mark:
        """Give the mark of how far it is."""
        return BAD if self.refused else {RECEIVED: GOOD, SENT: WAITING, MADE: OPEN}[self.stage]

    @property
    def facts(self) -> str:
        """Say what is in it."""
        return " · ".join((plural("{count} file", "{count} files", self.files), size_text(self.size)))

    @property
    def times(self) -> str:
        """Say when each step was done."""
        done = ((_("made {time}"), self.made_at), (_("in the mailbox {time}"), self.sent_at), (_("received {time}"), self.received_at))
        return " · ".join(words.format(time=local_words(at)) for words, at in done if at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One of the STEPS of a bundle: its mark, and when it was done or what it waits for."""

    mark: Mark
    when: str


def way_of(bundle: BundleLine | None) -> tuple[Step, ...]:
    """Tell of each of the STEPS how far a bundle is with it; None before there is one. What was refused came as far as the office."""
    times = (bundle.made_at, bundle.sent_at, bundle.received_at) if bundle else ("", "", "")
    refused = bool(bundle and bundle.refused)
    stage = SENT if refused else bundle.stage if bundle else 0
    next_one = Step(mark=BAD, when=_("refused")) if refused else Step(mark=WAITING, when=_("next"))
    done = tuple(Step(mark=GOOD, when=local_words(at) if at else _("on a stick")) for at in times[:stage])
    left = len(STEPS) - stage
    return (*done, *((next_one,) if left else ()), *(Step(mark=OPEN, when=_("not yet")) for _step in range(left - 1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One original of the visit and how far it came; times are canonical, empty for not yet."""

    title: str
    size: int
    way: Custody

    @property
    def state(self) -> str:
        """Say where it is; only the office's receipt says that the office has it."""
        way = self.way
        if way.received_at:
            words = _("Received {time}; released from this laptop") if way.released_at else _("Received {time}")
            return words.format(time=local_words(way.received_at))
        if way.sent_at:
            return _("In the mailbox since {time}, not signed for yet").format(time=local_words(way.sent_at))
        return _("In no bundle yet") if self.is_in_none else _("In a bundle, not in the mailbox yet")

    @property
    def is_in_none(self) -> bool:
        """Say whether no bundle has it."""
        return not (self.way.bundled_at or self.way.sent_at or self.way.received_at)

    @property
    def mark(self) -> Mark:
        """Give the mark of how far it is."""
        return GOOD if self.way.received_at else WAITING if self.way.sent_at else OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far the hand-over of a visit is."""

    bundles: tuple[BundleLine, ...] = ()
    items: tuple[ItemLine, ...] = ()
    """Evidence and signed reports, by name."""
    signer: bool = False
    card: str = ""
    """The smart card that signs, which asks for its PIN."""
    signed_report: bool = False
    url: str = ""
    user: str = ""
    queue: tuple[str, ...] = ()
    """Bundles of all visits that may be sent, in their order."""
    rules: SendingRules = field(default_factory=SendingRules)
    releasable: int = 0
    """Originals on this laptop that the office has signed for, and that no bundle has which it is still to take."""
    released: int = 0
    leave_by: str = ""
    """The day by which the office asks that originals leave this laptop; empty where it asks nothing."""


def in_the_way(standing: Standing, clashes: int) -> tuple[tuple[str, str], ...]:
    """List what keeps a bundle from being made, each with the stage where it is mended."""
    found = []
    if clashes:
        words = plural("{count} field has two values: choose first", "{count} fields have two values: choose first", clashes)
        found.append((words, "history"))
    if not standing.signer:
        found.append((_("You have no certificate of the office yet"), "report"))
    if not standing.signed_report:
        found.append((_("There is no signed report yet"), "report"))
    if standing.released:
        found.append((_("The originals were released from this laptop, so there is nothing left to bundle"), "evidence"))
    return tuple(found)


def why_not_released(standing: Standing) -> str:
    """Say why nothing can be released now; empty when something can."""
    if standing.releasable:
        return ""
    waiting = tuple(takewhile(lambda one: not one.received_at, standing.bundles))
    if waiting and waiting[0].refused:
        return _("Not yet: the office did not take the newest bundle. Until it has taken one, all originals stay here.")
    if any(one.stage == SENT for one in waiting):
        return _("Not yet: the bundle is in the mailbox, but the office has not signed for it.")
    if standing.released and not waiting:
        count = standing.released
        return plural("{count} original was released; the office has it.", "{count} originals were released; the office has them.", count)
    return _("Not yet: only the office's receipt says that it holds every file. Until then all originals stay here.")


def may_be_released(standing: Standing) -> str:
    """Say what can be released, and by when the office wants it."""
    count = standing.releasable
    can = plural(
        "{count} original can leave this laptop: the office has signed for it. Journal, digests and small pictures stay.",
        "{count} originals can leave this laptop: the office has signed for them. Journal, digests and small pictures stay.",
        count,
    )
    if not standing.leave_by:
        return can
    return can + " " + _("The office asks that this is done by {day}.").format(day=day_words(standing.leave_by))


def words_of_code(code: str) -> str:
    """Say why a bundle was set aside."""
    return _(ASIDE_WORDS[code]) if code in ASIDE_WORDS else _("it could not be sent ({code}). Make the bundle again.").format(code=code)


def mail_words(fetched: "Fetched") -> str:
    """Say what the office's letters brought."""
    if fetched.news:
        return ". ".join(said(one) for one in fetched.news) + "."
    return _("Nothing new from the office: it has not taken the bundle in yet, or its answer is still on the way.")


def copied_words(copy: "StickCopy", there: "StickContent") -> str:
    """Say that a bundle is on a stick, that the stick may go, and what else is on it."""
    there_before = _("It was there already, was read back from the stick and is right.")
    done = there_before if copy.was_there else _("It was written and read back from the stick.")
    bundles = plural("{count} bundle", "{count} bundles", len(there.bundles))
    letters = plural("{count} letter of an office", "{count} letters of an office", len(there.letters)) if there.letters else ""
    halves = len(there.unfinished)
    broken = plural("{count} copy that was broken off", "{count} copies that were broken off", halves) if halves else ""
    what = ", ".join(part for part in (bundles, letters, broken) if part)
    holds = _("On the stick: {what}; {free} free.").format(what=what, free=size_text(there.free))
    return " ".join((_("The bundle is at {path}.").format(path=copy.path), done, _("The stick may be removed now."), holds))
