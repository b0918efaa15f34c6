"""Who an assignment is for: enrolled auditors whose certificates are valid, by name or fingerprint."""

from collections.abc import Sequence

import msgspec

from auditor_app.disk import disk_errors
from auditor_app.domain.assignments import Member
from auditor_app.form_engine.reading import Place
from auditor_app.signing.certificates import read_certificate
from auditor_app.signing.trust import trust_in
from auditor_app.workflows.letters import trusted_by
from auditor_app.workflows.office.assignment_file import Read, TeamLine
from auditor_app.workflows.office.enrolment import EnrolledAuditor
from auditor_app.workflows.office.folder import Office

_SHORTEST = 6
"""Digits of a fingerprint that may stand for the whole of it."""


def find_team(office: Office, found: Read, further: Sequence[str]) -> tuple[Member, ...]:
    """Find everyone whom the file and `further` name; what is wrong is noted among the file's problems."""
    known, members = _enrolled(office), {}
    named: list[tuple[Place, TeamLine]] = [(("team", index, "auditor"), one) for index, one in enumerate(found.file.team)]
    named += [(("team",), TeamLine(auditor=name)) for name in further]
    for place, line in named:
        if (member := _member(office, found, place, line, known)) and member.auditor not in members:
            members[member.auditor] = member
    if not named:
        found.problem(("team",), "team_missing")
    return tuple(members.values())


def _member(office: Office, found: Read, place: Place, line: TeamLine, known: dict[str, EnrolledAuditor]) -> Member | None:
    name = " ".join(line.auditor.split())
    by_print = [one for one in known if one == name or (len(name) >= _SHORTEST and one.startswith(name.lower()))]
    fits = by_print or [one for one, auditor in known.items() if name and auditor.name.casefold() == name.casefold()]
    valid = [one for one in fits if _is_valid(office, known[one])]
    if len(valid) != 1:
        code = "auditor_not_unique" if valid else "auditor_not_valid" if fits else "auditor_unknown"
        found.problem(place, code, value=line.auditor)
        return None
    auditor = known[valid[0]]
    return Member(auditor=valid[0], name=auditor.name, recipient=auditor.recipient, role=line.role.strip())


def _is_valid(office: Office, auditor: EnrolledAuditor) -> bool:
    certificate, now = read_certificate(auditor.certificate.encode()), office.clock.now()
    return bool(trust_in(certificate, trusted_by(office.profile), [now], "auditor").holds)


def _enrolled(office: Office) -> dict[str, EnrolledAuditor]:
    """Read everyone whom the office has enrolled, by fingerprint."""
    with disk_errors(office.folder):
        files = sorted((office.folder / "auditors").glob("*.json"))
        return {path.stem: msgspec.json.decode(path.read_bytes(), type=EnrolledAuditor) for path in files}
