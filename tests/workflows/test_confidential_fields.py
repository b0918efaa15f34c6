"""A marked value is planted in every field that an entry may set, and in the kept names; then every output is searched for it."""

import io
import re
import subprocess
import zipfile
from dataclasses import dataclass

import pikepdf
import pytest

from auditor_app.domain.confidentiality import PUBLIC, SEALED
from auditor_app.domain.fields import FIELDS, Count, Line, Names, Text
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import AUDITOR, CHECK, CRITERION, EVIDENCE, FINDING, INTAKE, LINK, VISIT, link_id
from auditor_app.store.records import fact
from auditor_app.workflows.findings import raise_finding
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.names import keep_name
from auditor_app.workflows.reports import make_report, report_bytes

NAME = "Mkname Persona Secreta"
KEYED = {
    (FINDING, "criterion"): "17",
    (FINDING, "check"): "17-d1",
    (FINDING, "grade"): "major",
    (FINDING, "due"): "2031-04-05",
    (FINDING, "state"): "closed",
    (FINDING, "position"): "disagrees",
    (VISIT, "kind"): "initial",
    (VISIT, "site_type"): "smelter",
    (VISIT, "country"): "CL",
    (VISIT, "state"): "open",
    (VISIT, "starts_on"): "2031-02-03",
    (VISIT, "ends_on"): "2031-02-09",
    (VISIT, "photo_review"): "yes",
    (CRITERION, "rating"): "partially",
    (CRITERION, "applies"): "yes",
    (CHECK, "answer"): "partly",
    ("equivalence", "decision"): "credited",
    ("equivalence", "expires"): "2031-12-31",
}
"""Fields whose value is a key or a day: what of them may show is a word of the form or the program."""

LEFT = {(VISIT, "form"), (VISIT, "form_digest"), (EVIDENCE, "original"), (INTAKE, "what"), (LINK, "stance")}
"""Fields that the visit does not work without; those of evidence are marked by the photo's own name."""


def mark(kind, field):
    return f"Mk{kind}{field}".replace("_", "") + "x"


@dataclass
class Planted:
    """A visit with marks everywhere, and the marks by their field."""

    workspace: object
    visit: str
    marks: dict


def _value(kind, field, form, marks):
    """Give a marked value of a field's form, or None where a mark has no room."""
    text = mark(kind, field)
    if (kind, field) in KEYED:
        return KEYED[kind, field]
    if form in {Line, Text}:
        marks[kind, field] = text
        return text
    if form == Names:
        return ["17"]
    if form == Count:
        number = 7_100_000 + len(marks)
        marks[kind, field] = str(number)
        return number
    if form == dict[str, str]:
        marks[kind, field] = text
        return {"number": text, "office": text, "issued": text, "due": text, "instructions": text}
    return True if form is bool else None


@pytest.fixture
def planted(enrolled, visit, tmp_path, sample_photo):
    """Plant the marks."""
    marks = {}
    take_in(enrolled, visit, sample_photo(tmp_path / "card" / "Mkfilenamex.jpg"))
    marks[INTAKE, "what"] = "Mkfilenamex"
    (digest,) = enrolled.visit(visit).evidence
    finding, _changes = raise_finding(enrolled, visit, "17", "A finding")
    ids = {VISIT: visit, CRITERION: "17", CHECK: "17-d1", EVIDENCE: digest, FINDING: finding}
    ids[LINK] = link_id(digest, Subject(FINDING, finding))
    ids["shown"] = f"review-1/{digest}"
    ids[AUDITOR] = enrolled.me.id
    with enrolled.recording(visit) as recorder:
        for kind, fields in FIELDS.items():
            subject = Subject(kind, ids.get(kind, f"{kind}-1"))
            for field, form in fields.items():
                if (kind, field) not in LEFT and (value := _value(kind, field, form, marks)) is not None:
                    recorder.set(subject, field, value)
        recorder.set(Subject(LINK, ids[LINK]), "stance", "contradicts")
        for kind, field, value in (
            ("interview", "consent", "given"),
            ("interview", "quota", "quota-1"),
            ("quote", "interview", "interview-1"),
            ("quote", "stance", "contradicts"),
            ("objection", "evidence", digest),
            ("objection", "review", "review-1"),
            ("objection", "decision", "withdrawn"),
            ("area", "walked_on", "2031-02-04"),
            ("shown", "said", "no_objection"),
        ):
            recorder.set(Subject(kind, ids.get(kind, f"{kind}-1")), field, value)
            marks.pop((kind, field), None)
        # Of counts only sums may show, so there is somebody else to add up with.
        recorder.set(Subject("interview", "interview-2"), "group", "Others")
        recorder.set(Subject("interview", "interview-2"), "people", 5)
    keep_name(enrolled, visit, "interview-1", NAME)
    return Planted(enrolled, visit, marks)


def everything_in(data):
    """Read all that a file holds: a PDF's text as another program reads it, its raw bytes and decoded streams; a DOCX's parts."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            texts = [parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]
        return "\n".join(texts) + re.sub(r"<[^>]*>", "", "".join(texts))
    text = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    found = [text, "".join(text.split()), data.decode("latin-1")]
    with pikepdf.open(io.BytesIO(data)) as document:
        for one in document.objects:
            found.append(str(one) if not isinstance(one, pikepdf.Stream) else _decoded(one))
    return "\n".join(found)


def _decoded(stream):
    try:
        return str(dict(stream.items())) + stream.read_bytes().decode("latin-1")
    except pikepdf.PdfError:
        return ""


def shown(planted, kind):
    """List the fields whose mark is in a document."""
    made = make_report(planted.workspace, planted.visit, kind=kind)
    text = everything_in(report_bytes(planted.workspace, made))
    assert NAME not in text
    assert "Mkname" not in text
    return {where for where, text_of in planted.marks.items() if text_of in text}


def test_only_public_fields_reach_the_public_summary(planted):
    allowed = {(kind, field) for kind, fields in PUBLIC.items() for field in fields}
    reached = shown(planted, "summary")
    assert reached <= allowed, sorted(reached - allowed)
    assert {(VISIT, "scope"), (VISIT, "company"), (FINDING, "title"), (FINDING, "action"), ("equivalence", "system")} <= reached


def test_the_public_summary_holds_no_evidence_no_auditor_and_no_picture(planted):
    made = report_bytes(planted.workspace, make_report(planted.workspace, planted.visit, kind="summary"))
    text = everything_in(made)
    (digest,) = planted.workspace.visit(planted.visit).evidence
    for secret in (planted.workspace.me.name, digest, "/Subtype /Image", "contradicts", "Mkfilename"):
        assert secret not in text, secret


@pytest.mark.parametrize("kind", ["findings", "full", "plan", "editable"])
def test_what_people_said_reaches_no_report(planted, kind):
    sealed = {(kind, field) for kind, fields in SEALED.items() for field in fields}
    assert not shown(planted, kind) & sealed


def test_the_full_report_says_what_the_summary_may_not(planted):
    reached = shown(planted, "full")
    for where in (
        (FINDING, "site_reply"),
        (FINDING, "owner"),
        (FINDING, "statement"),
        (CRITERION, "because"),
        (CHECK, "note"),
        ("limit", "why"),
        ("document", "asked_of"),
        ("attendee", "name"),
        (VISIT, "owner"),
    ):
        assert where in reached, where


def test_every_comment_is_in_the_editable_copy(planted):
    reached = shown(planted, "editable")
    sealed = {(kind, field) for kind, fields in SEALED.items() for field in fields}
    comments = {
        (kind, field)
        for kind, field in planted.marks
        if (kind, field) not in sealed
        and field in {"note", "because", "departs", "applies_because", "settled", "why", "site_reply", "what", "plan", "closed_because"}
    }
    assert comments - reached == {(INTAKE, "what")}  # the photo has a caption, which stands for its file's name
    assert len(comments) > 15


def test_nothing_in_clear_in_a_bundle_shows_any_mark(planted, tmp_path):
    make_report(planted.workspace, planted.visit, sign=True)
    make_bundle(planted.workspace, planted.visit, out=tmp_path / "bundle")
    for path in (tmp_path / "bundle").rglob("*"):
        if path.is_file():
            text = path.name + path.read_bytes().decode("latin-1")
            assert not [where for where, text_of in planted.marks.items() if text_of in text and len(text_of) > 7], path.name
            assert NAME not in text


def test_the_kept_names_are_in_no_register_and_no_bundle(planted, office, tmp_path):
    from auditor_app.workflows.office.receiving import receive_path

    make_report(planted.workspace, planted.visit, sign=True)
    make_bundle(planted.workspace, planted.visit, out=tmp_path / "bundle")
    receive_path(office, tmp_path / "bundle")
    for path in office.folder.rglob("*"):
        if path.is_file():
            assert NAME.encode() not in path.read_bytes(), path.name
    assert NAME not in str(fact(planted.workspace.db, "me"))


def test_a_field_that_is_added_later_is_confidential_until_someone_says_otherwise():
    for kind, fields in PUBLIC.items():
        assert fields <= set(FIELDS[kind]), kind
    for kind, fields in SEALED.items():
        assert fields <= set(FIELDS[kind]), kind
        assert not fields & PUBLIC.get(kind, frozenset())


def test_a_summary_that_would_name_one_of_the_team_is_refused(enrolled, visit):
    from auditor_app.errors import NotAllowed
    from auditor_app.workflows.reports import list_reports

    raise_finding(enrolled, visit, "17", "Shown by ana  núñez herself")
    with pytest.raises(NotAllowed, match="summary_names_person"):
        make_report(enrolled, visit, kind="summary")
    assert list_reports(enrolled, visit) == []
