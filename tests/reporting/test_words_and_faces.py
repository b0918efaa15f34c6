"""Texts made safe and faces chosen, without a page."""

import pytest

from auditor_app.errors import NotAllowed
from auditor_app.reporting.evidence_pages import size_text
from auditor_app.reporting.fonts import BOLD, REGULAR, missing_glyphs, runs
from auditor_app.reporting.values import texts_in
from auditor_app.reporting.writing import clean, one_line, shortened, width_of


def test_one_text_may_mix_scripts_and_each_piece_gets_its_face():
    assert list(runs("Śląsk 矿山 Ωж", BOLD)) == [(BOLD, "Śląsk "), ("NotoSansSC-Regular", "矿山"), (BOLD, " Ωж")]


def test_missing_glyphs_names_exactly_the_characters_that_no_face_has():
    assert missing_glyphs("ąñ中文\nΩ – … ᏣᎳᎩ") == {"Ꮳ", "Ꮃ", "Ꭹ"}


def test_drawing_a_character_without_a_glyph_is_refused_even_where_nobody_checked_before():
    with pytest.raises(NotAllowed) as refusal:
        width_of("ᏣᎳᎩ", 9)
    assert refusal.value.code == "missing_glyphs"


def test_cleaning_composes_letters_and_drops_what_cannot_be_seen():
    assert clean("  e\u0301\u200b a\tb\r\nc\u2028d\x00\u202e\ufe0f ") == "é a b\nc\nd"


def test_a_name_of_several_lines_becomes_one():
    assert one_line(" Quebrada\n Honda\t smelter ") == "Quebrada Honda smelter"


@pytest.mark.parametrize("text", ["", "short", "W" * 4000, "中" * 50, "a b " * 500])
def test_a_shortened_line_fits_its_room(text):
    short = shortened(text, 100, size=8, face=REGULAR)
    assert width_of(short, 8) <= 100
    assert short == one_line(text) or short.endswith("…")


def test_sizes_are_written_in_the_readers_language():
    assert [size_text(n, "en") for n in (0, 999, 1000, 2_430_000, 3_000_000_000)] == ["0 B", "999 B", "1 kB", "2.4 MB", "3 GB"]
    assert size_text(2_430_000, "es") == "2,4 MB"


def test_every_text_of_a_content_is_found_with_its_place(content):
    places = dict(texts_in(content()))
    assert places["site"] == "Quebrada Honda smelter"
    assert places["findings 3, site reply"] == content().findings[2].site_reply
    assert places["evidence 60, digest"] == content().evidence[59].digest
    assert places["limits 1, criteria 2"] == "18"
    assert places["findings 1, evidence 6, number"] == "6"
