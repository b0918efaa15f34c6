"""Every place of the window at 1280×720: nothing is cut off or lies on other words, and in field mode a glove hits every target."""

import pytest

from auditor_app.domain.changes import Changes
from auditor_app.ui.intake.wish import Wish
from auditor_app.workflows.lists import add_line
from auditor_app.workflows.visits import describe_visit
from tests.ui.room import cut_off, small_targets
from tests.ui.test_filled_screens import filled as filled

LINES = (
    ("area", {"name": "Converter aisle and casting wheels of the old smelter", "why": "Guards, fume, heat", "criteria": ["17"]}),
    ("document", {"title": "Letter of the authority on the storage time of flue dust", "asked_of": "Contractor control", "state": "asked"}),
    ("document", {"title": "Payroll", "state": "received", "received_on": "2026-11-17"}),
    ("quota", {"group": "Migrant workers of the contractors", "planned": 4, "employer": "Montajes del Norte"}),
    ("workforce", {"group": "Employees", "people": 812}),
    ("day", {"date": "2026-11-16", "plan": "Opening meeting, tankhouse, first interviews"}),
    ("todo", {"text": "Ask for the rosters of October", "day": "2026-11-17"}),
    ("equivalence", {"system": "ISO 45001", "number": "AB-2024-117", "expires": "2027-03-01", "criteria": ["17"]}),
    ("photo_review", {"held_at": "2026-11-19 16:40", "present": "Head of security; communications officer", "note": "All photos"}),
)


def _plan(part):
    def go(window):
        window.go_to("plan", part)

    return go


def _link_all(window):
    window.go_to("evidence")
    window.current_screen.grid.selectAll()
    window.current_screen.choose_links()


def _new_interview(window):
    window.go_to("interviews")
    window.current_screen.begin()


def _look_card_through(window):
    card = window.first_start.unlocking.folder.folder.parent / "card" / "DCIM"
    for number in range(12):
        path = card / f"IMG_{number:04}.JPG"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"card %d" % number * 100)
    window.go_to("criteria", "17")
    window.navigation.intake.look_through(Wish(visit=window.opened.state.id), card)


PARTS = ("site", "days", "areas", "documents", "interviews", "workforce", "equivalences", "applicability")

PLACES = {
    "visits": lambda window: window.show_visits(),
    "new visit": lambda window: window.navigation.begin_visit(),
    "welcome": lambda window: window.show_first_start(),
    "open": lambda window: (window.show_first_start(), window.first_start.turn_to_open()),
    **{f"plan: {part}": _plan(part) for part in PARTS},
    "criterion": lambda window: window.go_to("criteria", "13"),
    "evidence": lambda window: window.go_to("evidence"),
    "link to many": _link_all,
    "clock": lambda window: window.go_to("evidence", "clock"),
    "interviews": lambda window: window.go_to("interviews"),
    "new interview": _new_interview,
    "coverage": lambda window: window.go_to("coverage"),
    "photo review": lambda window: window.go_to("photo_review"),
    "history": lambda window: window.go_to("history"),
    "card": _look_card_through,
}


@pytest.fixture
def shown(filled, settled, theme, qtbot):
    """Give a function that shows one place after the other at a look and calls something there."""
    visit = filled.opened.state.id

    def fill(workspace):
        made = [add_line(workspace, visit, kind, **fields)[1] for kind, fields in LINES]
        add_line(workspace, visit, "interview", group="Contractors", people=6, consent="given")
        describe_visit(workspace, visit, {"location": "Atacama desert, northern Chile, -24.73200, -69.62100"})
        return made[-1]

    told: list[Changes] = []
    filled.background.change(fill, owner=filled, done=told.append)
    settled(filled)

    def each(mode, text_size, look):
        theme.wear(mode, text_size)
        filled.resize(1280, 720)
        found = {}
        try:
            for name, go in PLACES.items():
                filled.open_visit(visit)
                settled(filled)
                go(filled)
                settled(filled)
                for _moment in range(20):  # layouts come to rest
                    qtbot.wait(50)
                    if not (wrong := look(filled)):
                        break
                if wrong:
                    found[name] = wrong
                filled.navigation.intake.looking.close_folder()
        finally:
            theme.wear("light")
        return found

    return each


@pytest.mark.parametrize(("mode", "text_size"), [("light", 100), ("field", 100), ("dark", 150), ("light", 200)])
def test_nothing_is_cut_off_and_no_words_lie_on_others(shown, mode, text_size):
    assert shown(mode, text_size, cut_off) == {}


def test_in_field_mode_every_target_is_as_large_as_a_finger_in_a_glove(shown):
    assert shown("field", 100, small_targets) == {}
