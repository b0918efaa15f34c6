"""What choosing and unlocking a key does, on the lane: cards answer one question at a time. Signing loads slowly, so it loads here."""

from dataclasses import dataclass
from pathlib import Path

from auditor_app.disk import disk_errors
from auditor_app.errors import NotAllowed
from auditor_app.workspace import Workspace

MAX_KEY_FILE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """A card that is plugged in: how many wrong PINs it still takes ("all", "few", "last", "none"), and how many in a row were wrong."""

    label: str
    serial: str
    tries: str
    wrong: int
    has_pin_pad: bool
    keys: tuple[tuple[str, str], ...] = ()
    """Of each key its id and the name on its certificate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsFound:
    """The cards that a library sees."""

    library: Path
    cards: tuple[CardLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedKey:
    """A new key of the office that waits to be confirmed, its fingerprint, and that of the key until now."""

    office: str
    key: str
    fingerprint: str = ""
    before: str = ""


def offered_key(workspace: Workspace) -> OfferedKey | None:
    """Give the office's new key that waits to be confirmed, or None."""
    from auditor_app.workflows import profile_offers  # noqa: PLC0415

    found = profile_offers.offered_key(workspace)
    if found is None:
        return None
    profile = found.profile
    return OfferedKey(office=profile.office, key=profile.recipient, fingerprint=found.fingerprint, before=found.before)


def confirm_key(workspace: Workspace, key: str) -> str:
    """Seal to the office's new key from now on; gives the office's name."""
    from auditor_app.workflows import office_news  # noqa: PLC0415

    return office_news.confirm_key(workspace, key).office


def find_cards(workspace: Workspace, library: Path | None) -> CardsFound:
    """List the cards that are plugged in, through a library or the usual one. Raises Unavailable when cards cannot be used here."""
    from auditor_app.workflows.identity import wrong_tries  # noqa: PLC0415
    from auditor_app.workflows.own_keys import card_library, keys_on_card, plugged_in  # noqa: PLC0415

    used = library or card_library()
    lines = []
    for one in plugged_in(used):
        keys = tuple((key.id, key.name) for key in keys_on_card(used, one.serial))
        wrong = wrong_tries(workspace, one.serial)
        lines.append(CardLine(label=one.label, serial=one.serial, tries=one.tries, wrong=wrong, has_pin_pad=one.has_pin_pad, keys=keys))
    return CardsFound(library=used, cards=tuple(lines))


def use_card(workspace: Workspace, library: Path, key: tuple[str, str], pin: str | None, *, may_lock: bool) -> str:
    """Sign with a card from now on (`key`: its serial number and the key's id); gives the name on the certificate."""
    from auditor_app.workflows import own_keys  # noqa: PLC0415

    return own_keys.use_card(workspace, library, *key, pin, may_lock=may_lock).name


def use_file(workspace: Workspace, path: Path, password: str) -> str:
    """Sign with a key file from now on; gives the name on the certificate. The password is not kept."""
    from auditor_app.workflows.own_keys import import_pkcs12  # noqa: PLC0415

    with disk_errors(path):
        if path.stat().st_size > MAX_KEY_FILE:
            raise NotAllowed("too_large_to_show", size=path.stat().st_size)
        data = path.read_bytes()
    return import_pkcs12(workspace, data, password).name


def use_office_key(workspace: Workspace) -> str:
    """Sign with the office's certificate again; gives the name on it, "" where there is none."""
    from auditor_app.workflows.own_keys import stop_using_own_key  # noqa: PLC0415

    found = stop_using_own_key(workspace)
    return found.name if found else ""


def card_now(workspace: Workspace) -> CardLine:
    """Tell how the card that signs here stands now."""
    from auditor_app.workflows.own_keys import card_in_use  # noqa: PLC0415

    card, wrong = card_in_use(workspace)
    return CardLine(label=card.label, serial=card.serial, tries=card.tries, wrong=wrong, has_pin_pad=card.has_pin_pad)


def try_pin(workspace: Workspace, pin: str | None, *, may_lock: bool) -> None:
    """Try the PIN of the card that signs here, before anything long begins with it; a wrong one is counted."""
    from auditor_app.workflows.identity import signing_identity  # noqa: PLC0415

    signing_identity(workspace, pin=pin, may_lock=may_lock)
