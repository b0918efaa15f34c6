"""What can honestly be said of a passphrase while it is typed."""

from dataclasses import dataclass

from auditor_app.translation import _

SHORT, FAIR = 10, 16
"""Characters below which a passphrase is guessed quickly, or with some effort, by who holds the laptop."""


@dataclass(frozen=True, slots=True)
class Advice:
    """Whether a pair of passphrases will do, and a sentence with its role in the style sheet."""

    enough: bool
    text: str
    role: str


def advise(first: str, second: str) -> Advice:
    """Judge a passphrase and its repetition."""
    if not first:
        return Advice(False, _("Four or more words that do not belong together are easy to keep in mind and hard to guess."), "muted")
    if second and first != second:
        return Advice(False, _("The two are not the same."), "error")
    if len(first) < SHORT:
        return Advice(bool(second), _("Very short: whoever finds this laptop could guess it. Better: four or more words."), "warning")
    if len(first) < FAIR or len(set(first)) < 6:
        return Advice(bool(second), _("Fair. Longer is better: a word more makes it far harder to guess."), "warning")
    return Advice(bool(second), _("Good length. A sentence that others know, such as a proverb, would still be weak."), "fully")
