"""What the details of a piece of evidence show, as pure functions of a visit. Free of Qt widgets."""

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import FINDING, Evidence, Link
from auditor_app.ids import Digest
from auditor_app.translation import N_, _
from auditor_app.ui.moments import captured_at, full_words
from auditor_app.ui.names import names_of
from auditor_app.ui.screens.evidence.pieces import place_of
from auditor_app.workflows.custody import Custody
from auditor_app.workflows.visits import OpenVisit

LOST = {
    "no_camera_time": N_("time of the camera"),
    "no_place": N_("place"),
    "recompressed": N_("sharpness: a messenger shrank it"),
    "converted": N_("its first format: it was converted"),
    "screenshot": N_("everything: it is a picture of a screen"),
}


def links_of(opened: OpenVisit, digest: Digest) -> tuple[Link, ...]:
    """List the links of one piece, in the order of criteria."""
    names = names_of(opened)
    found = [link for link in opened.state.links if link.evidence == digest]
    return tuple(sorted(found, key=lambda link: place_of(names.short(link.target))))


def target_choices(opened: OpenVisit) -> tuple[tuple[Subject, str], ...]:
    """List what evidence can be linked to here: every criterion, every finding."""
    names = names_of(opened)
    subjects = [*(Subject("criterion", number) for number in names.criteria), *(Subject(FINDING, one) for one in names.findings)]
    return tuple((subject, names.long(subject)) for subject in subjects)


def time_lines(one: Evidence, held: Custody | None) -> tuple[tuple[str, str], ...]:
    """Tell the times after the first one, which a person says: captured, taken in, received."""
    return (
        (
            _("Captured by the camera's clock"),
            captured_at(one.captured.get("at", ""), one.captured.get("offset", "")) or _("the file does not say"),
        ),
        (_("Captured, with the camera's clock put right"), full_words(one.corrected_at) if one.corrected_at else ""),
        (_("Taken in on this visit"), full_words(one.taken_in_at)),
        (_("Received by the office"), full_words(held.received_at) if held and held.received_at else _("not yet")),
    )


def lost_words(one: Evidence) -> str:
    """Say what a picture lost before it came to us, so that the original can still be asked for."""
    return ", ".join(_(LOST[key]) for key in one.lost if key in LOST)
