"""What is said of evidence: of one piece or many, in one transaction, and who took it in."""

import pytest

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK, CRITERION
from auditor_app.errors import NotAllowed
from auditor_app.ids import Digest
from auditor_app.workflows.evidence import describe_evidence, find_area, link_many
from auditor_app.workflows.history import history
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.lists import add_line, remove_line


@pytest.fixture
def pieces(workspace, visit, tmp_path):
    found = []
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(str(number))
        found.append(take_in(workspace, visit, tmp_path / f"{number}.txt")[0])
    return found


def test_pieces_are_linked_each_to_each_in_one_change_or_not_at_all(workspace, visit, pieces):
    targets = [Subject(CRITERION, "17"), Subject(CHECK, "18-d1")]
    changes = link_many(workspace, visit, pieces, targets, "contradicts")
    assert len(changes.subjects) == 6
    links = workspace.visit(visit).links
    assert {(link.evidence, link.target) for link in links} == {(piece, target) for piece in pieces for target in targets}
    assert {link.stance for link in links} == {"contradicts"}
    before = len(history(workspace, visit))
    for digests, wrong, stance, code in (
        ([*pieces, Digest("0" * 64)], targets, "supports", "evidence_unknown"),
        (pieces, [*targets, Subject(CRITERION, "99")], "supports", "target_unknown"),
        (pieces, targets, "proves", "choice_unknown"),
    ):
        with pytest.raises(NotAllowed, match=code):
            link_many(workspace, visit, digests, wrong, stance)
    assert len(history(workspace, visit)) == before, "nothing of a refused change is written"


def test_taking_away_links_writes_nothing_for_those_that_never_were(workspace, visit, pieces):
    link_many(workspace, visit, pieces[:1], [Subject(CRITERION, "17")], "supports")
    before = len(history(workspace, visit))
    link_many(workspace, visit, pieces, [Subject(CRITERION, "17"), Subject(CRITERION, "18")], "")
    assert workspace.visit(visit).links == ()
    assert len(history(workspace, visit)) == before + 1


def test_the_same_is_said_of_many_pieces_and_an_area_must_be_there(workspace, visit, pieces):
    area, _changes = add_line(workspace, visit, "area", name="Tankhouse")
    describe_evidence(workspace, visit, *pieces, caption="Round", area=area, provided_by="Site HSE")
    evidence = workspace.visit(visit).evidence.values()
    assert {(one.caption, one.area, one.provided_by) for one in evidence} == {("Round", area, "Site HSE")}
    with pytest.raises(NotAllowed, match="line_unknown"):
        describe_evidence(workspace, visit, pieces[0], area="nowhere", caption="lost")
    describe_evidence(workspace, visit, pieces[0], area="")
    assert sorted(one.area for one in workspace.visit(visit).evidence.values()) == ["", area, area]
    assert find_area(workspace, visit, "tankHOUSE") == area
    remove_line(workspace, visit, "area", area, reason="not walked")
    with pytest.raises(NotAllowed, match="line_unknown"):
        find_area(workspace, visit, "Tankhouse")
    with pytest.raises(NotAllowed, match="line_unknown"):
        describe_evidence(workspace, visit, pieces[1], area=area)


def test_evidence_names_who_took_it_in_first(workspace, visit, pieces, tmp_path):
    assert {one.taken_in_by for one in workspace.visit(visit).evidence.values()} == {workspace.me.id}
