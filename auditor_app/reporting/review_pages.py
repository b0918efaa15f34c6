"""What the site was shown before release, what it objected to, and what became of each objection."""

from reportlab.platypus import Flowable, Spacer

from auditor_app.reporting.blocks import Gap, section
from auditor_app.reporting.content import ObjectionRow, PhotoReviewBlock, ReportContent, ReviewSession
from auditor_app.reporting.keys import evidence_key
from auditor_app.reporting.styles import BODY, LABEL, LABEL_RIGHT, NOTE, SMALL, SMALL_RIGHT, STEP
from auditor_app.reporting.tables import Cell, ruled_table
from auditor_app.reporting.writing import paragraph
from auditor_app.translation import _

_SESSIONS = (128, 193, 46, 64, 52)
_OBJECTIONS = (44, 109, 170, 160)


def review_pages(content: ReportContent) -> list[Flowable]:
    """Tell of the sessions and of each objection; nothing where the site neither asked for them nor was shown anything."""
    review = content.photo_review
    if review is None:
        return []
    pieces: list[Flowable] = [*section(_("Photos shown to the site"), "photo-review"), paragraph(_summary(review), BODY)]
    if review.sessions:
        header = _header((_("When"), _("Present")), (_("Shown"), _("No objection"), _("Objected")))
        pieces += [Spacer(0, 2 * STEP), ruled_table([header, *(_session(one) for one in review.sessions)], _SESSIONS)]
    if review.objections:
        header = _header((_("Evidence"), _("Objected by"), _("Why"), _("What was decided")), ())
        rows = [header, *(_objection(content, one) for one in review.objections)]
        pieces += [Spacer(0, 4 * STEP), ruled_table(rows, _OBJECTIONS), Spacer(0, 2 * STEP), paragraph(_nothing_deleted(), NOTE)]
    return [*pieces, Gap()]


def _summary(review: PhotoReviewBlock) -> str:
    asked = [_("The site asks to see photos before they are released.")] if review.demanded else []
    counted = _("{shown} of {count} photos and films were shown to it.").format(shown=review.shown, count=review.photos)
    return " ".join([*asked, counted])


def _nothing_deleted() -> str:
    return _(
        "Nothing was deleted. Originals that are withheld here are sealed evidence like all others: their digests are listed in this"
        " report, and they go to the assurance office sealed."
    )


def _header(left: tuple[str, ...], right: tuple[str, ...]) -> list[Cell]:
    return [*(paragraph(word, LABEL) for word in left), *(paragraph(word, LABEL_RIGHT) for word in right)]


def _session(one: ReviewSession) -> list[Cell]:
    who: Cell = [paragraph(one.present or _("Not recorded."), SMALL), *([paragraph(one.note, NOTE)] if one.note.strip() else [])]
    return [paragraph(one.held, SMALL), who, *(paragraph(str(count), SMALL_RIGHT) for count in (one.shown, one.no_objection, one.objected))]


def _objection(content: ReportContent, one: ObjectionRow) -> list[Cell]:
    return [
        paragraph(one.number, SMALL, target=evidence_key(content, one.number)),
        paragraph(one.by or _("Not recorded."), SMALL),
        paragraph(one.why, SMALL),
        paragraph(one.outcome, SMALL),
    ]
