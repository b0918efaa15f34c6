"""A whole visit in the real window on a real workspace, from the welcome page to the office's receipt, with one hand.

python -m tests.journeys.whole_visit keyboard|mouse FOLDER      (the mouse needs an X server and xdotool)
"""

import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

PASSPHRASE = "copper anode slime tank"
SITE = "Quebrada Honda smelter"
REASON = "Two of four audiograms were missing; the rest of the system works."
GROUP = "night shift of the tankhouse"
QUOTE = "We were never told the results of our hearing tests."
FINDING = "Hearing tests are not followed up"
AREA, DOCUMENT = "Tankhouse", "Audiograms of the last two years"


def whole_visit(hand, folder: Path, office) -> None:
    """Do everything that an auditor does on a visit, and what the office answers to it."""
    begin(hand)
    plan(hand)
    work_on_a_criterion(hand, folder)
    hear_people(hand)
    look_at_what_is_missing(hand)
    enrol(hand, folder, office)
    sign(hand)
    hand_over(hand, office)


def begin(hand) -> None:
    hand.settle()
    hand.write("Your name, as it stands in reports", "Rosa Vidal")
    hand.write("Organisation", "Cordillera Assurance")
    hand.write("Passphrase", PASSPHRASE)
    hand.write("Passphrase once more", PASSPHRASE)
    hand.press("Create the workspace")
    hand.wait_for("Begin your first visit")
    hand.press("Begin your first visit")
    hand.write("Site", SITE)
    hand.write("Company", "Andina Metales")
    hand.choose("Type of site", "Smelter")
    hand.press("Begin the visit")


def plan(hand) -> None:
    hand.go_to("Plan")
    hand.press("Areas")
    hand.write("New line: Area", AREA)
    hand.press("Add this line")
    hand.press("Documents")
    hand.write("New line: Document", DOCUMENT)
    hand.press("Add this line")


def work_on_a_criterion(hand, folder: Path) -> None:
    hand.go_to("Criteria")
    hand.open_row("Criteria", "Occupational Health")
    hand.answer("Answer to", "Partly", "p")
    hand.press("Partially Meets")
    hand.write("Because", REASON)
    hand.settle()
    photo = folder / "card" / "IMG_0001.JPG"
    hand.with_file(lambda: hand.press("Add evidence"), photo)
    hand.press("Raise a finding")
    hand.write("Title of the finding", FINDING)
    hand.press("Raise the finding")


def hear_people(hand) -> None:
    hand.go_to("Interviews")
    hand.press("Begin the first interview")
    hand.write("Another group", GROUP)
    hand.press("Begin an interview with this group")
    hand.press("Write a quote")
    hand.write("In the original words", QUOTE)
    hand.settle()


def look_at_what_is_missing(hand) -> None:
    hand.go_to("Coverage")
    hand.press("Put what is missing on today's list")


def enrol(hand, folder: Path, office) -> None:
    request, answer = folder / "request.json", folder / "answer.json"
    hand.go_to("Report & sign")
    hand.with_file(lambda: hand.press("Save the request…"), request)
    answer.write_bytes(office.answer(request.read_bytes()))
    hand.with_file(lambda: hand.press("Import the answer…"), answer)


def sign(hand) -> None:
    hand.press("Make and sign")
    hand.press("Sign all the same")  # thirty-two criteria are open in so short a visit
    hand.wait_for("Export")


def hand_over(hand, office) -> None:
    hand.go_to("Hand over")
    hand.press("Make the bundle")
    hand.press("Put bundle")
    office.receive()
    hand.press("Look in the mailbox")


def main(kind: str, folder: Path) -> None:
    """Open the window as the program does, go through the visit, and close it."""
    from auditor_app.ui.app import start
    from tests.journeys.hands import Keyboard, Mouse
    from tests.ui.at_the_office import TestOffice

    os.environ["AUDITOR_INSTALLATION"] = str(folder / "installation")
    application = QApplication([])
    application.setCursorFlashTime(0)
    window = start(application, folder / "workspace")
    window.move(0, 0)
    window.activateWindow()
    hand = Keyboard(window) if kind == "keyboard" else Mouse(window)
    sys.excepthook = hand.take_error
    whole_visit(hand, folder, TestOffice(folder / "office"))
    window.close()
    hand.until(lambda: not window.isVisible(), "the window to close")
    assert not hand.problems, hand.problems


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
