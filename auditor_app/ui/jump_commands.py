"""What the palette on Ctrl+K always offers: criteria, stages, and what can be done from everywhere."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from auditor_app.translation import _
from auditor_app.ui.found_words import Command
from auditor_app.ui.glyphs import WAITING
from auditor_app.ui.marks import rating_mark
from auditor_app.ui.reading import only_reads
from auditor_app.ui.screens.stages import STAGES, Stage
from auditor_app.ui.widgets.rows import Row

if TYPE_CHECKING:  # the first window does not wait for the workflows
    from auditor_app.workflows.visits import OpenVisit

CLOCK = "clock"
"""The item of the evidence stage that is the camera clock."""


NEXT_OPEN = "next open"
"""The item of the criteria stage that is the next criterion without a rating."""


def visit_commands(opened: "OpenVisit", go_to: Callable[[str, str], object], stages: tuple[Stage, ...] = STAGES) -> list[Command]:
    """List the criteria with their ratings, the stages, and what else can be done in an open visit."""
    form, ratings = opened.form, opened.state.criteria
    commands: list[Command] = []
    for one in form.criteria:
        number = str(one.number)
        mark = rating_mark(form, ratings[number].rating if number in ratings else "")
        commands.append((Row(key=number, number=number, title=one.name, mark=mark), partial(go_to, "criteria", number)))
    for stage in stages:
        commands.append((Row(key=stage.key, title=_(stage.title), mark=WAITING), partial(go_to, stage.key, "")))
    following = Row(key=NEXT_OPEN, title=_("Next open criterion"), mark=WAITING, side="Ctrl+J")
    commands.append((following, partial(go_to, "criteria", NEXT_OPEN)))
    if not only_reads():
        commands.append((Row(key=CLOCK, title=_("Learn a camera's clock"), mark=WAITING), partial(go_to, "evidence", CLOCK)))
    return commands


def command(words: str, act: Callable[[], object], keys: str = "") -> Command:
    """Make a line that does something."""
    return Row(key=f"do {words}", title=words, mark=WAITING, side=keys), act


def without_doubles(commands: Iterable[Command]) -> list[Command]:
    """Leave out what an earlier line of the same words does already."""
    known: dict[tuple[str, str], Command] = {}
    for one in commands:
        known.setdefault((one[0].number, one[0].title), one)
    return list(known.values())
