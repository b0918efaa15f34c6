"""What the office says of itself in its profile: the places of its mailbox, the forms it uses, how long things are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from auditor_app.disk import disk_errors
from auditor_app.domain.office import FormInUse, OfficeProfile, Retention
from auditor_app.errors import NotAllowed
from auditor_app.form_engine.compiling import MAX_BYTES, compile_form
from auditor_app.workflows.forms import find_form
from auditor_app.workflows.office.folder import Office, sign_profile

MAX_PLACES = 10
MAX_MONTHS = 1200


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be said from now on; None leaves it as it is. Places: addresses, the preferred one first."""

    places: tuple[str, ...] | None = None
    forms: tuple[FormInUse, ...] | None = None
    office_months: int | None = None
    laptop_months: int | None = None


def set_profile(office: Office, change: Change) -> Office:
    """Change the profile and sign it anew; nothing is written where nothing changes.

    Raises NotAllowed "place_named_twice", "place_password_in_address" (a profile is no secret), "too_many_places" and
    "retention_not_possible".
    """
    profile = office.profile
    if change.places is not None:
        profile = msgspec.structs.replace(profile, places=_checked(change.places), mailbox="")
    if change.forms is not None:
        profile = msgspec.structs.replace(profile, forms=change.forms)
    profile = msgspec.structs.replace(profile, retention=_retention(profile, change))
    return office if profile == office.profile else sign_profile(office, profile)


def form_in_use(name: str) -> FormInUse:
    """Name a form by its key, its digest or its file. Raises NotAllowed("form_unknown"), Corrupted for a file with problems."""
    path = Path(name)
    if not path.is_file():
        compiled = find_form(name)
    else:
        with disk_errors(path), path.open("rb") as stream:
            compiled = compile_form(stream.read(MAX_BYTES + 1))
    return FormInUse(form=compiled.form.form, digest=compiled.digest)


def _checked(places: Sequence[str]) -> tuple[str, ...]:
    found = tuple(one.strip() for one in places if one.strip())
    if len(found) > MAX_PLACES:
        raise NotAllowed("too_many_places", count=len(found), most=MAX_PLACES)
    if len(set(found)) != len(found):
        raise NotAllowed("place_named_twice", place=next(one for one in found if found.count(one) > 1))
    if any("://" in one and ("@" in one or "sig=" in one) for one in found):
        raise NotAllowed("place_password_in_address")
    return found


def _retention(profile: OfficeProfile, change: Change) -> Retention:
    before = profile.retention
    office = before.office_months if change.office_months is None else change.office_months
    laptop = before.laptop_months if change.laptop_months is None else change.laptop_months
    if not (0 <= office <= MAX_MONTHS and 0 <= laptop <= MAX_MONTHS):
        raise NotAllowed("retention_not_possible", most=MAX_MONTHS)
    return Retention(office_months=office, laptop_months=laptop)
