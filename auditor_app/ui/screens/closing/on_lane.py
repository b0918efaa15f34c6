"""What the closing screen does with the workspace, on the lane. Signing and laying out load slowly, so they load when first wanted."""

from dataclasses import dataclass
from pathlib import Path

from auditor_app.disk import disk_errors
from auditor_app.errors import NotAllowed
from auditor_app.ids import VisitId
from auditor_app.progress import Progress
from auditor_app.translation import N_, _
from auditor_app.ui.moments import local_words
from auditor_app.workspace import Workspace

MAX_KEY_FILE = 1 << 20

REASONS = {"only_signatures_added": N_("a further signature, in the field kept for it"), "only_proofs_added": N_("proofs for later")}
"""What stands beside a verdict that is no fault; other reasons are shown by their codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """The preliminary sheet as the screen shows it: when it was made and by whom, how long it is, and whether the site acknowledged it."""

    id: str
    made_at: str
    signed_by: str
    """Empty for a sheet that was made before this was kept."""
    pages: int
    language: str
    acknowledged: str = ""
    """Id of the sheet as acknowledged; empty before."""
    acknowledged_by: str = ""
    acknowledged_at: str = ""

    @property
    def latest(self) -> str:
        """Give the id of what is to be shown or exported."""
        return self.acknowledged or self.id

    @property
    def words(self) -> str:
        """Say what there is."""
        return _("Made and signed {when}").format(when=local_words(self.made_at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Who signs here ("" before the office has vouched), whether a card asks for a PIN, and the latest sheet."""

    name: str = ""
    card: str = ""
    sheet: SheetLine | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One question that checking the signatures answers: True, False, or None where it was not checked."""

    words: str
    holds: bool | None
    detail: str = ""


def load(workspace: Workspace, visit: VisitId) -> Signing:
    """Tell who signs, and how far the sheet is."""
    from auditor_app.workflows.closing_sheet import find_sheet  # noqa: PLC0415
    from auditor_app.workflows.identity import signer  # noqa: PLC0415

    who, found = signer(workspace), find_sheet(workspace, visit)
    done = found.acknowledged if found else None
    line = (
        SheetLine(
            id=found.signed.id,
            made_at=found.signed.made_at,
            signed_by=str(found.signed.details.get("signed_by", "")),
            pages=found.signed.details.get("pages", 0),
            language=found.signed.language,
            acknowledged=done.id if done else "",
            acknowledged_by=str(done.details.get("acknowledged_by", "")) if done else "",
            acknowledged_at=done.made_at if done else "",
        )
        if found
        else None
    )
    return Signing(name=who.name if who else "", card=who.card if who else "", sheet=line)


def make(workspace: Workspace, visit: VisitId, language: str, pin: str | None, progress: Progress) -> str:
    """Make and sign the sheet; gives its id."""
    from auditor_app.workflows.closing_sheet import make_sheet  # noqa: PLC0415

    return make_sheet(workspace, visit, language=language, pin=pin, progress=progress).id


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledging:
    """What was filled in: who, what was drawn, or their certificate's file with its password; the auditor's PIN where a card signs."""

    name: str
    role: str
    strokes: tuple[tuple[tuple[float, float, float], ...], ...] = ()
    certificate: Path | None = None
    password: str = ""
    pin: str | None = None


def acknowledge(workspace: Workspace, visit: VisitId, filled: Acknowledging) -> str:
    """Let the site acknowledge the sheet; gives the id of what was made. Neither file nor password is kept."""
    from auditor_app.workflows.acknowledging import Representative  # noqa: PLC0415
    from auditor_app.workflows.closing_sheet import acknowledge_sheet  # noqa: PLC0415

    own = (_read(filled.certificate), filled.password) if filled.certificate else None
    who = Representative(name=filled.name, role=filled.role, strokes=filled.strokes)
    return acknowledge_sheet(workspace, visit, who, certificate=own, pin=filled.pin).id


def check(workspace: Workspace, visit: VisitId, report: str) -> tuple[Checked, ...]:
    """Verify the signatures of a kept sheet, question by question."""
    from auditor_app.workflows.closing_sheet import check_sheet  # noqa: PLC0415
    from auditor_app.workflows.reports import list_reports  # noqa: PLC0415

    found = check_sheet(workspace, next(one for one in list_reports(workspace, visit) if one.id == report)).pdf
    if found is None:
        return ()
    lead = found.signer.name if found.signer else _("the lead auditor")
    asked = [
        (_("What {name} signed is unchanged").format(name=lead), found.intact),
        (_("The signature of {name} is genuine").format(name=lead), found.valid),
        (_("The office vouches for {name}").format(name=lead), found.trusted),
        (_("Nothing was added but what is allowed"), found.unchanged_since),
    ]
    lines = [Checked(words=words, holds=verdict.holds, detail=_reason(verdict.reason)) for words, verdict in asked]
    for one in found.later:
        same = _("The acknowledgement, bound by the key of {name}, is genuine")
        words = same if one.name == lead else _("The acknowledgement, signed by {name}, is genuine")
        lines.append(Checked(words=words.format(name=one.name), holds=one.valid.holds, detail=one.reason))
    return tuple(lines)


def _reason(code: str | None) -> str:
    return _(REASONS.get(code, code)) if code else ""


def _read(path: Path) -> bytes:
    with disk_errors(path):
        if path.stat().st_size > MAX_KEY_FILE:
            raise NotAllowed("too_large_to_show", size=path.stat().st_size)
        return path.read_bytes()
