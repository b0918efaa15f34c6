"""What the site was shown before release, what it objected to, and what the report therefore prints."""

import subprocess

import pytest
from PIL import Image

from auditor_app.domain.journal import Subject
from auditor_app.domain.photo_review import reviewable, shown_in, tally, withheld
from auditor_app.domain.photos import NO_OBJECTION, OBJECTION, REVIEW, SEEN
from auditor_app.domain.visit import FINDING
from auditor_app.errors import NotAllowed
from auditor_app.store.records import thumbnail
from auditor_app.workflows.copies import Editing, make_copy
from auditor_app.workflows.coverage import gap_words, standing
from auditor_app.workflows.evidence import link_evidence, original_bytes
from auditor_app.workflows.finding_words import find_words
from auditor_app.workflows.findings import raise_finding
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.lists import add_line, remove_line, revise_line
from auditor_app.workflows.photo_review import note_shown, object_to
from auditor_app.workflows.report_content import findings_content
from auditor_app.workflows.reports import export_report, make_report
from auditor_app.workflows.visits import describe_visit, open_visit

AGAINST = {"by": "Head of security", "why": "The lock can be read."}


@pytest.fixture
def photos(workspace, visit, tmp_path):
    """Three photos of the visit, and a text that is none."""
    made = []
    for name, colour in (("a.jpg", "#405060"), ("b.jpg", "#a08060"), ("c.jpg", "#609040")):
        picture = Image.new("RGB", (640, 480), colour)
        picture.paste("#101010", (120, 90, 200, 170))
        picture.save(tmp_path / name)
        made.append(take_in(workspace, visit, tmp_path / name)[0])
    (tmp_path / "notes.txt").write_text("no photo")
    take_in(workspace, visit, tmp_path / "notes.txt")
    return made


@pytest.fixture
def review(workspace, visit):
    return add_line(workspace, visit, REVIEW, held_at="2026-05-04 17:30", present="Head of security")[0]


@pytest.fixture
def blurred(workspace, visit, photos):
    return make_copy(workspace, visit, photos[0], Editing(blur=((0, 0, 300, 300),)))[0]


def gaps(workspace, visit) -> dict[str, str]:
    found = standing(open_visit(workspace, visit)).gaps
    return {gap.rule: gap_words(gap) for gap in found if gap.rule in {"photos_not_shown", "objection_open"}}


def items(workspace, visit, clock):
    """What the report says of each piece, by its digest."""
    content = findings_content(
        open_visit(workspace, visit),
        report_id="r",
        made_at=clock.now(),
        lead="Ana",
        heads={},
        thumbnails=lambda digest: thumbnail(workspace.db, digest),
    )
    return {one.digest: one for one in content.evidence}, content.photo_review


def test_what_was_shown_is_counted_over_all_sessions_and_the_last_word_counts(workspace, visit, photos, review):
    later = add_line(workspace, visit, REVIEW, held_at="2026-05-05 17:30", present="Communications officer")[0]
    note_shown(workspace, visit, review, photos[:2])
    note_shown(workspace, visit, later, photos[1:2], NO_OBJECTION)
    object_to(workspace, visit, later, photos[0], **AGAINST)
    state = workspace.visit(visit)
    assert [one.digest for one in reviewable(state)] == photos
    counted = tally(state)
    assert (counted.photos, counted.shown, counted.no_objection, counted.objected, counted.left) == (3, 2, 1, 1, 1)
    assert shown_in(state, review) == {photos[0]: SEEN, photos[1]: SEEN}
    note_shown(workspace, visit, later, photos[1:2], SEEN)
    assert tally(workspace.visit(visit)).no_objection == 0
    remove_line(workspace, visit, REVIEW, later, reason="Held with another site.")
    assert shown_in(workspace.visit(visit)) == {photos[0]: SEEN, photos[1]: SEEN}


def test_two_laptops_that_show_the_same_photos_in_the_same_session_agree(workspace, visit, photos, review, colleague, unite):
    note_shown(workspace, visit, review, photos[:2], NO_OBJECTION)
    note_shown(colleague, visit, review, photos[1:], NO_OBJECTION)
    unite(workspace, colleague)
    for one in (workspace, colleague):
        assert tally(one.visit(visit)).left == 0
        assert one.visit(visit).clashes == ()


def test_only_a_site_that_asks_for_it_is_still_to_be_shown_photos(workspace, visit, photos, review):
    assert gaps(workspace, visit) == {}
    describe_visit(workspace, visit, {"photo_review": "yes"})
    assert gaps(workspace, visit)["photos_not_shown"].endswith("not shown to it yet: 3")
    note_shown(workspace, visit, review, photos)
    assert gaps(workspace, visit) == {}
    with pytest.raises(NotAllowed, match="choice_unknown"):
        describe_visit(workspace, visit, {"photo_review": "perhaps"})


def test_an_objection_is_open_until_it_has_a_decision_with_what_that_needs(workspace, visit, photos, review, blurred):
    line, _changes = object_to(workspace, visit, review, photos[0], **AGAINST)
    for fields, is_open in (
        ({"decision": "kept"}, True),
        ({"because": "It is the finding."}, False),
        ({"decision": "blurred"}, True),
        ({"instead": blurred}, False),
        ({"decision": "withdrawn"}, False),
        ({"decision": ""}, True),
    ):
        revise_line(workspace, visit, OBJECTION, line, **fields)
        assert ("objection_open" in gaps(workspace, visit)) is is_open, fields


def test_an_objection_names_a_photo_that_was_shown_and_a_copy_of_that_photo(workspace, visit, photos, review, blurred):
    with pytest.raises(NotAllowed, match="copy_of_another"):
        object_to(workspace, visit, review, photos[1], **AGAINST, decision="blurred", instead=blurred)
    assert workspace.visit(visit).shown == (), "nothing of what was refused is kept"
    with pytest.raises(NotAllowed, match="text_missing"):
        add_line(workspace, visit, OBJECTION, why="Something.")
    line, _changes = object_to(workspace, visit, review, photos[0], **AGAINST, instead=blurred)
    with pytest.raises(NotAllowed, match="copy_of_another"):
        revise_line(workspace, visit, OBJECTION, line, instead=photos[1])
    with pytest.raises(NotAllowed, match="copy_of_another"):
        revise_line(workspace, visit, OBJECTION, line, evidence=photos[1])
    with pytest.raises(NotAllowed, match="line_unknown"):
        note_shown(workspace, visit, "no-such-session", photos)


def test_a_photo_objected_to_is_withheld_with_what_was_made_from_it_but_not_the_agreed_copy(workspace, visit, photos, review, blurred):
    marked = make_copy(workspace, visit, photos[0], Editing(boxes=((10, 10, 90, 90),)))[0]
    smaller = make_copy(workspace, visit, blurred, Editing(crop=(0, 0, 400, 400)))[0]
    line, _changes = object_to(workspace, visit, review, photos[0], **AGAINST)
    assert withheld(workspace.visit(visit)) == dict.fromkeys((photos[0], blurred, marked, smaller), "")
    revise_line(workspace, visit, OBJECTION, line, decision="blurred", instead=blurred)
    assert withheld(workspace.visit(visit)) == {photos[0]: blurred, marked: blurred}
    second, _changes = object_to(workspace, visit, review, photos[0], **AGAINST, decision="withdrawn")
    assert set(withheld(workspace.visit(visit)).values()) == {""}, "the stricter of two objections holds"
    remove_line(workspace, visit, OBJECTION, second, reason="Meant another one.")
    object_to(workspace, visit, review, blurred, **AGAINST, decision="withdrawn")
    assert withheld(workspace.visit(visit))[photos[0]] == "", "a copy that is withheld itself stands for nothing"
    revise_line(workspace, visit, OBJECTION, line, decision="kept", because="It is the finding.")
    assert set(withheld(workspace.visit(visit))) == {blurred, smaller}


def test_the_report_prints_the_copy_instead_and_still_lists_the_digest(workspace, visit, photos, review, blurred, clock, tmp_path):
    finding, _changes = raise_finding(workspace, visit, "2", "No guard")
    link_evidence(workspace, visit, photos[0], Subject(FINDING, finding), "supports")
    assert items(workspace, visit, clock)[0][photos[0]].thumbnail == thumbnail(workspace.db, photos[0])
    object_to(workspace, visit, review, photos[0], **AGAINST, decision="blurred", instead=blurred)
    object_to(workspace, visit, review, photos[1], **AGAINST, decision="withdrawn")
    object_to(workspace, visit, review, photos[2], **AGAINST, decision="kept", because="It shows a public road.")
    printed, block = items(workspace, visit, clock)
    assert printed[photos[0]].thumbnail == thumbnail(workspace.db, blurred) != thumbnail(workspace.db, photos[0])
    assert (printed[photos[1]].thumbnail, printed[photos[1]].withheld) == (None, True)
    assert (printed[photos[2]].thumbnail, printed[photos[2]].withheld) == (thumbnail(workspace.db, photos[2]), False)
    assert (printed[blurred].copy_of, printed[photos[0]].instead) == (printed[photos[0]].number, printed[blurred].number)
    assert (block.sessions[0].held, block.sessions[0].objected) == ("4 May 2026, 17:30", 3)
    export_report(workspace, make_report(workspace, visit), tmp_path / "r.pdf")
    text = " ".join(subprocess.run(["pdftotext", tmp_path / "r.pdf", "-"], capture_output=True, text=True, check=True).stdout.split())
    for said in (
        "Photos shown to the site",
        "Withheld on the site's objection; sealed to the office.",
        f"Shown here: copy no. {printed[blurred].number}.",
        "Kept: It shows a public road.",
        "Withdrawn: not shown in this report",
        "Nothing was deleted.",
        photos[1],
    ):
        assert said in text, said
    assert original_bytes(workspace, photos[1], limit=1 << 30), "the original stays"


def test_a_report_of_a_visit_without_any_review_does_not_speak_of_it(workspace, visit, photos, clock):
    assert items(workspace, visit, clock)[1] is None
    describe_visit(workspace, visit, {"photo_review": "yes"})
    block = items(workspace, visit, clock)[1]
    assert (block.demanded, block.photos, block.shown) == (True, 3, 0)


def test_objections_and_sessions_are_found_by_their_words(workspace, visit, photos, review):
    object_to(workspace, visit, review, photos[0], by="Jefa de protección", why="Se lee la cerradura", because="Vía pública")
    for words, kind in (("cerradura", OBJECTION), ("proteccion", OBJECTION), ("publica", OBJECTION), ("head of security", REVIEW)):
        assert kind in {hit.subject.kind for hit in find_words(workspace, visit, words)}, words
