"""The office's review in rounds: asked and decided at the office, taken in and answered by the auditor, and what differs in between."""

from pathlib import Path

import msgspec
import pytest

from auditor_app.domain.journal import Subject
from auditor_app.domain.reviews import QUESTION, Asked, Review
from auditor_app.domain.visit import CHECK, CRITERION, FINDING, VISIT
from auditor_app.error_words import words
from auditor_app.errors import AuditorAppError, Corrupted, NotAllowed
from auditor_app.sync.places import Place, open_place
from auditor_app.vault.sealing import unseal_bytes
from auditor_app.workflows.criteria import rate
from auditor_app.workflows.custody import HandOverState, hand_over_state
from auditor_app.workflows.findings import raise_finding, revise_finding, withdraw_finding
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.history import history, undo
from auditor_app.workflows.identity import signer, signing_identity
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.letters import sign_letter
from auditor_app.workflows.mail import Taking
from auditor_app.workflows.office.receiving import receipt_letter, receive_path
from auditor_app.workflows.office.registering import ask as ask_register
from auditor_app.workflows.office.returning import return_review
from auditor_app.workflows.office.review_state import ANSWERED, DRAFT, OPEN, SETTLED, WHOLE, reviewing
from auditor_app.workflows.office.reviewing import ask, begin, change_question, decide, drop_question, settle_question
from auditor_app.workflows.office.versions import differences, versions
from auditor_app.workflows.office_mail import fetch, take
from auditor_app.workflows.receipts import take_receipt
from auditor_app.workflows.reviews import find_question, questions_about, reply, since_read, take_review, unanswered
from auditor_app.workflows.visits import describe_visit

BY = "Rosa Quispe"


@pytest.fixture
def hand_over(reported, visit, office, tmp_path):
    """Hand the visit over on a stick as it stands; gives the bundle's id once it is received."""
    count = iter(range(100))

    def handed() -> str:
        path = tmp_path / "stick" / f"bundle-{next(count)}"
        make_bundle(reported, visit, out=path)
        received = receive_path(office, path)
        assert received.outcome == "received", received
        return received.bundle

    return handed


@pytest.fixture
def finding(reported, visit) -> str:
    return reported.visit(visit).findings[0].id


@pytest.fixture
def returned(reported, office, hand_over, finding, tmp_path):
    """A first version, returned over the mailbox with three questions; gives its bundle."""
    bundle = hand_over()
    ask(office, bundle, Subject(CRITERION, "2"), "Which units were sampled?")
    ask(office, bundle, Subject(FINDING, finding), "Is it systemic?")
    ask(office, bundle, WHOLE, "Who drew the map?")
    decide(office, bundle, "returned", "Three things are open.", BY)
    return_review(office, bundle)
    return bundle


def letter_of(reported, office, bundle, tmp_path, clock) -> Review:
    """Read back the letter that is in the mailbox, as only its auditor can."""
    (path,) = (tmp_path / "mailbox" / "outbox" / signer(reported).fingerprint).glob("review-*")
    data = unseal_bytes(path.read_bytes(), reported.secret, path.name)
    return msgspec.convert(msgspec.json.decode(data)["document"], Review)


def forged(office, review: Review, **changes) -> bytes:
    """Sign a letter that says something else, with the office's own key."""
    return sign_letter(msgspec.structs.replace(review, **changes), office.identity, office.clock.now())


def test_the_questions_of_a_returned_version_stand_at_what_they_are_about_and_the_replies_come_with_the_next(
    reported, visit, office, returned, finding, hand_over
):
    assert [one.kind for one in fetch(reported).news] == ["review"]
    state = reported.visit(visit)
    assert [one.text for one in questions_about(state, Subject(CRITERION, "2"))] == ["Which units were sampled?"]
    assert [one.text for one in questions_about(state, Subject(FINDING, finding))] == ["Is it systemic?"]
    assert [(one.about, one.asked_by, one.round) for one in state.questions][2] == ("report", BY, 1)
    assert (state.decisions[0].decision, state.decisions[0].words, state.decisions[0].bundle) == (
        "returned",
        "Three things are open.",
        returned,
    )
    for number in ("1", "2"):
        reply(reported, visit, find_question(state, number).id, f"Reply {number}")
    assert [one.text for one in unanswered(reported.visit(visit))] == ["Who drew the map?"]

    second = hand_over()
    found = reviewing(office, second)
    assert [(one.reply, one.replied_by, one.state) for one in found.questions] == [
        ("Reply 1", "Ana Núñez", ANSWERED),
        ("Reply 2", "Ana Núñez", ANSWERED),
        ("", "", OPEN),
    ]
    assert [(one.number, one.decision) for one in found.versions] == [(1, "returned"), (2, "")]
    with pytest.raises(NotAllowed, match="review_questions_open") as refused:
        decide(office, second, "accepted", by=BY)
    assert "1 without a reply, 0 not sent yet" in words(refused.value)
    settle_question(office, found.questions[2].id, "The map names its author.")
    assert reviewing(office, second).questions[2].state == SETTLED
    decide(office, second, "accepted", "Thank you.", BY)
    return_review(office, second)
    assert fetch(reported).news[0].detail == "accepted"
    state = reported.visit(visit)
    assert ([one.decision for one in state.decisions], state.facts["state"]) == (["returned", "accepted"], "closed")
    assert state.decisions[-1].is_final


def test_a_returned_visit_that_was_closed_is_open_again_and_undo_does_not_close_it(reported, visit, returned):
    with reported.recording(visit) as recorder:
        recorder.set(Subject(VISIT, visit), "state", "closed")
    fetch(reported)
    assert reported.visit(visit).facts["state"] == "open"
    question = reported.visit(visit).questions[0]
    reply(reported, visit, question.id, "All three.")
    undo(reported, visit)
    assert reported.visit(visit).questions[0].reply == "", "a reply is undone like any other text"
    with pytest.raises(NotAllowed, match="entry_not_current"):  # the closing, which the office's decision has replaced
        undo(reported, visit)
    state = reported.visit(visit)
    assert state.facts["state"] == "open"
    assert (state.questions[0].text, state.decisions[0].decision) == ("Which units were sampled?", "returned")


def test_the_hand_over_says_that_the_visit_was_returned_until_the_office_has_the_answers(reported, visit, office, returned, hand_over):
    assert {one.kind for one in fetch(reported).news} == {"review"}
    assert hand_over_state(reported, visit) == HandOverState(decision="returned", to_answer=3)
    take_receipt(reported, Taking(name="receipt", letter=receipt_letter(office, returned)))
    assert hand_over_state(reported, visit) == HandOverState(received=1, decision="returned", to_answer=3)
    reply(reported, visit, find_question(reported.visit(visit), "1").id, "Both.")
    assert hand_over_state(reported, visit).to_answer == 2
    second = hand_over()
    assert hand_over_state(reported, visit).waiting == 1
    take_receipt(reported, Taking(name="receipt", letter=receipt_letter(office, second)))
    assert hand_over_state(reported, visit) == HandOverState(received=2, to_answer=2)
    decide(office, second, "withdrawn", "The site left the programme.", BY)
    return_review(office, second)
    fetch(reported)
    assert hand_over_state(reported, visit).decision == "withdrawn"


def test_a_review_is_taken_once_whatever_way_it_comes(reported, visit, office, returned, tmp_path):
    assert len(fetch(reported).news) == 1
    entries = len(history(reported, visit))
    assert fetch(reported).news == ()
    again = return_review(office, returned, mailbox=False, out=tmp_path / "office stick")
    assert again.file is not None and again.file.name == again.letter
    assert take(reported, tmp_path / "office stick").news == ()
    assert len(history(reported, visit)) == entries


def test_two_laptops_that_take_the_same_review_make_no_clash(reported, visit, colleague, unite, returned, office, tmp_path):
    file = return_review(office, returned, mailbox=False, out=tmp_path / "office stick").file
    fetch(reported)
    unite(reported, colleague)
    for fact in ("office_profile", "office_recipient"):
        colleague.set_fact(fact, reported.fact(fact))
    assert take(colleague, file).news == (), "it has come by way of the colleague"
    unite(reported, colleague)
    assert reported.visit(visit).clashes == ()
    assert colleague.visit(visit).questions == reported.visit(visit).questions


def test_two_laptops_that_take_it_apart_say_the_same(reported, visit, colleague, unite, returned, office, tmp_path):
    file = return_review(office, returned, mailbox=False, out=tmp_path / "office stick").file
    unite(reported, colleague)
    for fact in ("office_profile", "office_recipient"):
        colleague.set_fact(fact, reported.fact(fact))
    assert len(take(colleague, file).news) == len(fetch(reported).news) == 1
    reply(reported, visit, reported.visit(visit).questions[0].id, "All three.")
    reply(colleague, visit, colleague.visit(visit).questions[1].id, "It is.")
    unite(reported, colleague)
    assert reported.visit(visit).clashes == ()
    assert [one.reply for one in reported.visit(visit).questions] == ["All three.", "It is.", ""]


def test_an_older_review_that_comes_late_does_not_open_an_accepted_visit(reported, visit, office, returned, hand_over, tmp_path):
    first = return_review(office, returned, mailbox=False, out=tmp_path / "first").file
    second = hand_over()
    for one in reviewing(office, second).in_state(OPEN):
        settle_question(office, one.id, "Seen.")
    decide(office, second, "accepted", by=BY)
    take(reported, return_review(office, second, mailbox=False, out=tmp_path / "second").file)
    take(reported, first)
    state = reported.visit(visit)
    assert ([one.round for one in state.decisions], state.decisions[-1].decision, state.facts["state"]) == ([1, 2], "accepted", "closed")


def test_what_was_changed_since_the_office_read_it_is_told_with_who_and_why(reported, visit, finding, returned, office, hand_over):
    assert since_read(reported, visit) is None
    fetch(reported)
    assert since_read(reported, visit).changes == (), "taking the questions in is no change of the assessment"
    revise_finding(reported, visit, finding, statement="Nobody keeps one.", reason="Asked by the office.")
    rate(reported, visit, "2", "partially", because="One was shown later.")
    reply(reported, visit, reported.visit(visit).questions[0].id, "All three.")
    raised, _changes = raise_finding(reported, visit, "3", "Another")
    found = since_read(reported, visit)
    told = {(one.subject.kind, one.kind, one.field): one for one in found.changes}
    assert set(told) == {
        (CRITERION, "changed", "rating"),
        (CRITERION, "changed", "because"),
        (FINDING, "changed", "statement"),
        (FINDING, "raised", ""),
        (QUESTION, "changed", "reply"),
    }
    change = told[FINDING, "changed", "statement"]
    assert (change.before, change.after, change.number, change.by, change.reason) == (
        None if change.before is None else "",
        "Nobody keeps one.",
        1,
        "auditor-ana",
        "Asked by the office.",
    )
    second = hand_over()
    assert differences(office, returned, second) == found.changes, "the office sees the same"
    assert differences(office, second, second) == ()
    withdraw_finding(reported, visit, raised, reason="It was another site.")
    (gone,) = differences(office, second, hand_over())
    assert (gone.kind, gone.title, gone.reason) == ("withdrawn", "Another", "It was another site.")


def test_a_decision_is_final_for_its_version_and_a_new_round_is_asked_for(office, returned, hand_over, reported, visit):
    for change in (lambda: decide(office, returned, "accepted", by=BY), lambda: ask(office, returned, WHOLE, "One more?")):
        with pytest.raises(NotAllowed, match="review_decided"):
            change()
    begin(office, returned, BY, new_round=True)
    ask(office, returned, WHOLE, "One more?")
    decide(office, returned, "returned", by=BY)
    return_review(office, returned)
    assert [(one.round, one.decision) for one in reviewing(office, returned).rounds] == [(1, "returned"), (2, "returned")]
    assert len(fetch(reported).news) == 2
    assert [one.round for one in reported.visit(visit).questions] == [1, 1, 1, 2]


def test_only_the_newest_version_is_decided_of_and_a_review_in_the_making_moves_along(office, hand_over, reported, visit):
    first = hand_over()
    asked = ask(office, first, WHOLE, "Who drew the map?")
    describe_visit(reported, visit, {"scope": "All areas"})
    second = hand_over()
    with pytest.raises(NotAllowed, match="review_of_older_version"):
        decide(office, first, "returned", "Old.", BY)
    with pytest.raises(NotAllowed, match="review_undecided"):
        return_review(office, second)
    found = decide(office, second, "returned", by=BY)
    assert (found.draft.bundle, found.draft.round, [one.id for one in found.questions]) == (second, 1, [asked])
    assert [one.bundle for one in versions(office, first)] == [first, second]
    assert (found.before.bundle, found.is_newest) == (first, True)
    assert not reviewing(office, first).is_newest


def test_a_question_is_changed_and_dropped_until_it_is_returned(office, hand_over):
    bundle = hand_over()
    kept, dropped = ask(office, bundle, Subject(CHECK, "17-d1"), "Dated when?"), ask(office, bundle, WHOLE, "Nothing.")
    change_question(office, kept, "Dated when, and by whom?")
    drop_question(office, dropped)
    assert [(one.text, one.state, one.about) for one in reviewing(office, bundle).questions] == [
        ("Dated when, and by whom?", DRAFT, Subject(CHECK, "17-d1"))
    ]
    with pytest.raises(NotAllowed, match="question_not_returned"):
        settle_question(office, kept, "Seen.")
    with pytest.raises(NotAllowed, match="review_questions_open") as refused:
        decide(office, bundle, "accepted", by=BY)
    assert "0 without a reply, 1 not sent yet" in words(refused.value), "as the list of questions counts"
    decide(office, bundle, "returned", by=BY)
    return_review(office, bundle)
    for change in (lambda: change_question(office, kept, "Else?"), lambda: drop_question(office, kept)):
        with pytest.raises(NotAllowed, match="question_returned"):
            change()
    with pytest.raises(NotAllowed, match="question_unknown"):
        drop_question(office, dropped)


def test_a_question_that_comes_after_the_decision_keeps_an_acceptance_from_being_returned(office, hand_over):
    bundle = hand_over()
    decide(office, bundle, "accepted", by=BY)
    asked = ask(office, bundle, WHOLE, "Wait: who drew the map?")
    with pytest.raises(NotAllowed, match="review_questions_open"):
        return_review(office, bundle)
    drop_question(office, asked)
    assert return_review(office, bundle).review.decision == "accepted"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda office, bundle: ask(office, bundle, Subject(CRITERION, "99"), "Why?"), "question_about_nothing"),
        (lambda office, bundle: ask(office, bundle, Subject(FINDING, "1"), "Why?"), "question_about_nothing"),
        (lambda office, bundle: ask(office, bundle, Subject("evidence", "1"), "Why?"), "question_about_nothing"),
        (lambda office, bundle: ask(office, bundle, WHOLE, " \n"), "text_missing"),
        (lambda office, bundle: ask(office, bundle, WHOLE, "x" * 10_001), "text_too_long"),
        (lambda office, bundle: ask(office, bundle, WHOLE, "gpj\u202eexe"), "text_has_control_characters"),
        (lambda office, bundle: decide(office, bundle, "liked", by=BY), "choice_unknown"),
        (lambda office, bundle: decide(office, bundle, "accepted"), "text_missing"),
        (lambda office, bundle: decide(office, bundle, "returned", by=BY), "review_says_nothing"),
        (lambda office, bundle: return_review(office, bundle), "review_undecided"),
        (lambda office, bundle: return_review(office, bundle, mailbox=False), "mailbox_unknown"),
        (lambda office, _bundle: reviewing(office, "0" * 64), "bundle_not_received"),
    ],
)
def test_what_a_review_cannot_say_is_refused_and_nothing_is_written(office, hand_over, change, code):
    bundle = hand_over()
    with pytest.raises(NotAllowed) as refused:
        change(office, bundle)
    assert refused.value.code == code
    assert reviewing(office, bundle).questions == () and not any(one.decision for one in reviewing(office, bundle).rounds)


def test_a_letter_that_a_place_refuses_is_not_lost_and_goes_out_as_it_was_signed(office, hand_over, reported, visit, tmp_path):
    bundle = hand_over()
    decide(office, bundle, "withdrawn", "The site has left the programme.", BY)
    with pytest.raises(AuditorAppError):
        return_review(office, bundle, url=str(tmp_path / "nowhere"))
    first = return_review(office, bundle)
    assert reviewing(office, bundle).decided.decision == "withdrawn"
    assert return_review(office, bundle, mailbox=False, out=tmp_path / "s").review == first.review
    fetch(reported)
    state = reported.visit(visit)
    assert (state.decisions[0].is_final, state.facts["state"]) == (True, "closed")


def test_only_its_auditor_can_open_the_letter_in_the_mailbox(office, returned, reported, tmp_path):
    outbox = tmp_path / "mailbox" / "outbox" / signer(reported).fingerprint
    assert [path for path in outbox.iterdir() if b"sampled" in path.read_bytes()] == []
    assert open_place(Place(url=str(tmp_path / "mailbox"))).list("outbox/")


def test_letters_that_are_not_the_office_s_or_play_tricks_are_refused(reported, visit, office, returned, tmp_path, clock):
    genuine = letter_of(reported, office, returned, tmp_path, clock)
    twice = (genuine.questions[0], genuine.questions[0])
    trick = (Asked(id=genuine.questions[0].id, about="report", subject="", text="gpj\u202eexe"),)
    before = history(reported, visit)
    letters = {
        "letter_not_genuine": sign_letter(genuine, signing_identity(reported), clock.now()),
        "letter_unreadable": forged(office, genuine, questions=twice),
        "letter_unreadable ": forged(office, genuine, questions=trick),
        "letter_unreadable  ": forged(office, genuine, by="a\nb"),
        "letter_unreadable   ": forged(office, genuine, questions=genuine.questions * 200),
        "letter_unreadable    ": forged(office, genuine, round=0),
        "letter_unreadable     ": forged(office, genuine, decision="liked"),
        "letter_unreadable      ": forged(office, genuine, words="x" * 10_001),
        "letter_unreadable       ": forged(office, genuine, id="../../x"),
        "review_of_another": forged(office, genuine, visit="0" * 36),
    }
    for code, letter in letters.items():
        with pytest.raises((Corrupted, NotAllowed)) as refused:
            take_review(reported, Taking(name="review", letter=letter))
        assert refused.value.code == code.strip(), letter[:300]
    assert history(reported, visit) == before
    fetch(reported)
    other = genuine.id[:-1] + ("1" if genuine.id.endswith("0") else "0")
    with pytest.raises(Corrupted, match="letter_unreadable"):  # a second review may not word the questions of the first anew
        take_review(reported, Taking(name="review", letter=forged(office, genuine, id=other)))


def test_the_register_lists_the_questions_that_wait_for_a_reply(office, returned, reported, visit, hand_over):
    assert len(ask_register(office, "questions-without-reply", {})) == 3
    fetch(reported)
    for one in reported.visit(visit).questions[:2]:
        reply(reported, visit, one.id, "Yes.")
    hand_over()
    (row,) = ask_register(office, "questions-without-reply", {})
    assert (row["text"], row["round"], row["site"]) == ("Who drew the map?", 1, "Fundición Río Seco")


def test_new_evidence_is_told_as_a_difference(office, hand_over, reported, visit, tmp_path, sample_photo):
    first = hand_over()
    take_in(reported, visit, sample_photo(tmp_path / "card" / "IMG_0002.jpg", shade=9), targets=[Subject(CRITERION, "17")])
    found = differences(office, first, hand_over())
    assert {(one.subject.kind, one.kind, one.field) for one in found} == {("evidence", "raised", ""), (CRITERION, "changed", "supports")}
    assert [one.title for one in found if one.kind == "raised"] == ["IMG_0002.jpg"]
    assert {one.by for one in found} == {"auditor-ana"}


def test_what_a_review_is_in_the_folder_of_a_stick(office, returned, tmp_path):
    file = return_review(office, returned, mailbox=False, out=tmp_path / "stick of the office").file
    assert isinstance(file, Path) and file.parent == tmp_path / "stick of the office"
