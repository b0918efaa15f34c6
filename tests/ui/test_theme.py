"""The look: readable in every mode, made from the tokens alone."""

import re

import pytest

from auditor_app.install_paths import resources
from auditor_app.ui.theme import DARK, FIELD, LIGHT, make_look, read_tokens, style_sheet

INKS = ("text", "muted", "copper", "fully", "partially", "does_not", "outside")
PAIRS = [
    *((ink, ground) for ink in INKS for ground in ("surface", "raised")),
    *((ink, "background") for ink in ("text", "muted", "copper", "partially", "does_not", "fully")),
    *((ink, "copper_soft") for ink in ("text", "muted", "copper", "fully", "partially", "does_not")),
    ("on_copper", "copper"), ("rail_text", "rail"), ("rail_text", "rail_active"), ("rail_muted", "rail"), ("rail_muted", "rail_active"),
    ("rail_copper", "rail"),
]  # fmt: skip


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one, other):
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("mode", "least"), [(LIGHT, 4.5), (DARK, 4.5), (FIELD, 7.0)])
def test_every_text_colour_is_readable_on_every_ground_it_stands_on(mode, least):
    colours = read_tokens()["modes"][mode]
    found = {(ink, ground): round(_contrast(colours[ink], colours[ground]), 2) for ink, ground in PAIRS}
    assert not {pair: ratio for pair, ratio in found.items() if ratio < least}


def test_colours_are_written_in_the_tokens_and_nowhere_in_the_style_sheet():
    template = (resources() / "look" / "window.qss").read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9A-Fa-f]{6}\b", template)
    for mode in (LIGHT, DARK, FIELD):
        assert "$" not in style_sheet(make_look(mode, 1.0)).replace("$names", "")


def test_text_and_targets_grow_with_the_text_size_and_field_mode_has_large_targets():
    plain, large, field = make_look(LIGHT, 1.0), make_look(LIGHT, 2.0), make_look(FIELD, 1.0)
    assert large.text["body"] == 2 * plain.text["body"]
    assert large.measures["control"] == 2 * plain.measures["control"]
    assert field.measures["control"] >= 44
    assert field.measures["least"] >= 44
    assert plain.measures["row"] >= 44


RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


@pytest.mark.parametrize(("mode", "least"), [(LIGHT, 4.5), (DARK, 4.5), (FIELD, 7.0)])
def test_words_are_readable_on_the_ground_that_their_own_rule_gives_them(mode, least):
    template, colours = (resources() / "look" / "window.qss").read_text(encoding="utf-8"), read_tokens()["modes"][mode]
    unreadable = {}
    for who, says in RULE.findall(template):
        found = {name: value for name, value in re.findall(r"(?<![-\w])(background|color): \$(\w+)", says) if value in colours}
        if len(found) == 2 and _contrast(colours[found["color"]], colours[found["background"]]) < least:
            unreadable[who.strip()] = found
    assert unreadable == {}


@pytest.mark.parametrize("mode", [LIGHT, DARK, FIELD])
def test_a_box_without_a_tick_and_a_handle_that_is_drawn_are_seen_on_what_they_stand_on(mode):
    template, colours = (resources() / "look" / "window.qss").read_text(encoding="utf-8"), read_tokens()["modes"][mode]
    box = re.search(r"QListView::indicator:unchecked \{[^}]*border: 1px solid \$(\w+)", template)
    handle = re.search(r"QSlider::handle:horizontal \{ background: \$(\w+)", template)
    assert box and _contrast(colours[box[1]], colours["surface"]) >= 3
    assert handle and _contrast(colours[handle[1]], colours["background"]) >= 3
