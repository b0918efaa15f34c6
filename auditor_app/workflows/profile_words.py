"""What an office's profile says, in words: for the window and the command line."""

from auditor_app.domain.office import Retention
from auditor_app.translation import _, plural


def retention_words(retention: Retention) -> list[str]:
    """Say how long things are kept; nothing where the office says nothing."""
    said = []
    if retention.office_months:
        words = plural(
            "The office keeps what it receives for {count} month.",
            "The office keeps what it receives for {count} months.",
            retention.office_months,
        )
        said.append(words)
    if retention.laptop_months:
        said.append(
            plural(
                "Laptops release evidence at the latest {count} month after the receipt.",
                "Laptops release evidence at the latest {count} months after the receipt.",
                retention.laptop_months,
            )
        )
    return said


def standing_words(standing: str, office: str) -> str:
    """Say what an offered profile is to this workspace."""
    words = {
        "new": _("No office is known here yet. Evidence will be sealed to {office} too."),
        "known": _("{office} is known here already, just like this."),
        "renewed": _("{office} is known here; this is another profile of it, with the same key."),
        "new_key": _("{office} is known here with another key. Until you confirm the new one, evidence is sealed to the one before."),
        "other_office": _("Another office than {office} is known here. Use a workspace of its own for it."),
    }
    return words[standing].format(office=office)
