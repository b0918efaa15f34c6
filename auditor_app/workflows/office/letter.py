"""The office's letter: its profile on one page of paper, which is read again before it is handed out."""

from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.translation import known_language
from auditor_app.workflows.code_reading import codes_in_file
from auditor_app.workflows.fingerprints import office_fingerprint
from auditor_app.workflows.letters import signed_at
from auditor_app.workflows.office.folder import PROFILE, Office, profile_letter
from auditor_app.workflows.profile_codes import CodesRead, codes_of


def make_letter(office: Office, language: str) -> bytes:
    """Make the letter (PDF) in a language; the same profile gives the same bytes.

    Raises NotAllowed "profile_too_large_for_letter", "letter_does_not_fit_page", Corrupted "letter_not_readable", and what making a
    PDF raises.
    """
    from auditor_app.reporting.office_letter import LetterContent, make_office_letter  # noqa: PLC0415 - slow to load

    letter = profile_letter(office)
    content = LetterContent(
        language=known_language(language),
        made_at=signed_at(letter, place=PROFILE),
        office=office.profile.office,
        fingerprint=office_fingerprint(office.profile),
        codes=tuple(_matrix(code) for code in codes_of(letter)),
    )
    made = make_office_letter(content)
    if made.pages != 1:
        raise NotAllowed("letter_does_not_fit_page")
    _read_again(made.pdf, letter)
    return made.pdf


def _matrix(code: bytes) -> tuple[bytes, ...]:
    import segno  # noqa: PLC0415 - only the letter needs it

    return tuple(bytes(row) for row in segno.make(code, error="m", mode="byte", micro=False, boost_error=False).matrix)


def _read_again(pdf: bytes, letter: bytes) -> None:
    read = CodesRead().with_codes(codes_in_file(pdf))
    if not read.is_complete or read.letter_bytes() != letter:
        raise Corrupted("letter_not_readable")
