"""Who an assignment is for: enrolled auditors whose certificates are valid, by name or fingerprint."""

from collections.abc import Sequence

from auditor_app.domain.assignments import Member
from auditor_app.form_engine.reading import Place
from auditor_app.workflows.office.assignment_file import Read, TeamLine
from auditor_app.workflows.office.enrolment import EnrolledAuditor, auditors_named, enrolled_auditors, is_valid
from auditor_app.workflows.office.folder import Office


def find_team(office: Office, found: Read, further: Sequence[str]) -> tuple[Member, ...]:
    """Find everyone whom the file and `further` name; what is wrong is noted among the file's problems."""
    known, members = enrolled_auditors(office), {}
    named: list[tuple[Place, TeamLine]] = [(("team", index, "auditor"), one) for index, one in enumerate(found.file.team)]
    named += [(("team",), TeamLine(auditor=name)) for name in further]
    for place, line in named:
        if (member := _member(office, found, place, line, known)) and member.auditor not in members:
            members[member.auditor] = member
    if not named:
        found.problem(("team",), "team_missing")
    return tuple(members.values())


def _member(office: Office, found: Read, place: Place, line: TeamLine, known: dict[str, EnrolledAuditor]) -> Member | None:
    fits = auditors_named(known, line.auditor)
    valid = [one for one in fits if is_valid(office, known[one])]
    if len(valid) != 1:
        code = "auditor_not_unique" if valid else "auditor_not_valid" if fits else "auditor_unknown"
        found.problem(place, code, value=line.auditor)
        return None
    auditor = known[valid[0]]
    return Member(auditor=valid[0], name=auditor.name, recipient=auditor.recipient, role=line.role.strip())
