"""Texts in the scripts of the people met: in order, joined, in the right face, and readable again from the file."""

import unicodedata
from dataclasses import replace

import pypdfium2
import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageChops

from auditor_app.reporting.breaking import words
from auditor_app.reporting.direction import base_level, levels, visual_order
from auditor_app.reporting.findings_report import make_findings_report
from auditor_app.reporting.fonts import BOLD, FACES, REGULAR, face_of, files_for, open_face, runs
from auditor_app.reporting.shaping import shape
from auditor_app.reporting.typesetting import Span, set_line, set_lines
from auditor_app.reporting.writing import clean, width_of

SAMPLES = {
    "Arabic": "محطتان من أصل 4 بدون ماء عند الاختبار (خزان الحمض).",
    "Persian": "می‌شود پژوهش گچ",
    "Hebrew": "בדקנו שתי עמדות (מפלס 2): אין מים, ראו SOP-114.",
    "Devanagari": "दो आपातकालीन केंद्रों में पानी नहीं था।",
    "Bengali": "দুটি কেন্দ্রে পানি ছিল না",
    "Tamil": "இரண்டு நிலையங்களில் தண்ணீர் இல்லை",
    "Telugu": "రెండు కేంద్రాలలో నీరు లేదు",
    "Thai": "สถานีล้างตาฉุกเฉินไม่มีน้ำเมื่อทดสอบ",
    "Lao": "ໂຮງງານທອງແດງ",
    "Khmer": "រោងចក្រទង់ដែង",
    "Myanmar": "ကြေးနီ စက်ရုံ",
    "Georgian": "სპილენძის საწარმო",
    "Armenian": "պղնձի գործարան",
    "Ethiopic": "የመዳብ ፋብሪካ",
    "Japanese": "緊急洗眼器4台のうち2台は水が出なかった。",
    "Korean": "비상 세안 장치 4대 중 2대에서 물이 나오지 않았다.",
    "Chinese": "现场承包商没有接受过培训（见附件2）。",
    "Russian": "Два из четырёх фонтанов не давали воды; Ґ ї Қазақ Ө",
    "Vietnamese": "Hai trạm rửa mắt không có nước, độ ẩm quá cao",
    "Yoruba": "ẹ̀kọ́ ọ̀nà ṣíṣe",
    "Signs": "CO₂ m³ µg ≤ ≥ ≠ → ✓ ✗ ☐ ☑ № ½ € ₹ °C",
}
ALPHABET = "abc אבג ابت 123 ٣٤ ()[]{}〈⟨⟩ ,.:;-+%$€/ \u0301\u05b0\u064b «» 中"


@given(st.text(ALPHABET, min_size=1, max_size=20))
@settings(max_examples=300, deadline=None)
def test_letters_are_ordered_as_another_implementation_of_the_bidirectional_algorithm_orders_them(text):
    text = unicodedata.normalize("NFC", text).strip() or "a"
    base = base_level(text)
    ordered = "".join(text[place] for place in visual_order(levels(text, base)))
    assert ordered == get_display(text, base_dir="R" if base else "L")


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_drawn_without_a_missing_glyph_and_says_its_text(name):
    line = set_line(clean(SAMPLES[name]))
    assert "".join(piece.word.text for piece in line.pieces) == clean(SAMPLES[name])
    for piece in line.pieces:
        assert 0 not in {glyph.number for glyph in piece.word.glyphs}
        if piece.word.faithful:
            assert "".join(glyph.stands_for for glyph in piece.word.glyphs) == piece.word.text


def test_the_report_prints_all_scripts_and_can_be_read_back(content):
    whole = content(criteria=(), evidence=(), findings=())
    scope = "\n".join(SAMPLES.values())
    report = make_findings_report(replace(whole, scope=scope))
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(report.pdf))
    found = "".join(text.split())
    for name in SAMPLES.keys() - {"Arabic", "Persian", "Hebrew", "Bengali", "Tamil", "Telugu", "Lao", "Khmer", "Myanmar", "Signs"}:
        assert "".join(SAMPLES[name].split()) in found, name
    # Readers put right-to-left lines in the order of the eye; each word comes out whole.
    for word in ("محطتان", "الاختبار", "עמדות", "מפלס"):
        assert word in found or word[::-1] in found, word


def test_arabic_letters_join_and_run_from_right_to_left():
    (word,) = shape("سلام", rightwards=False)
    assert word.face == "NotoSansArabic-Regular"
    apart = sum(shape(letter, rightwards=False)[0].width for letter in "سلام")
    assert word.width < apart
    places = [glyph.left for glyph in word.glyphs]
    assert places == sorted(places, reverse=True)
    assert "".join(glyph.stands_for for glyph in word.glyphs) == "سلام"


def test_a_right_to_left_paragraph_begins_at_the_right_and_a_number_in_it_stays_in_order():
    line = set_line("محطتان 114 SOP من")
    assert not line.rightwards
    starts = {piece.word.text: start for piece, start in zip(line.pieces, line.starts, strict=True)}
    assert starts["محطتان"] > starts["114"]
    assert starts["SOP"] > starts["من"]
    first = line.pieces[0]
    assert abs(starts["محطتان"] + first.word.width - line.width) < 0.01


def test_marks_sit_on_their_letters():
    (word,) = shape("e\u0331")
    base, mark = word.glyphs
    assert base.left <= mark.left + mark.width <= base.left + base.width
    (tall,) = shape("é\u0304")
    assert tall.glyphs[1].rise > 100
    assert tall.width == pytest.approx(shape("é")[0].width)


def test_persian_keeps_its_joiners_and_other_texts_lose_what_hides_in_them():
    assert clean("می\u200cشود") == "می\u200cشود"
    assert clean("pay\u200cpal") == "paypal"
    assert width_of("می\u200cشود", 10) != width_of("میشود", 10)


def test_ideographs_beside_kana_have_their_japanese_shapes():
    assert {face for face, _piece in runs("直骨", japanese=False)} == {"NotoSansSC-Regular"}
    faces = {piece.word.face for piece in set_line("直径と骨").pieces}
    assert faces == {"NotoSansJP-Regular"}


def test_only_noto_sans_has_a_bold_of_its_own_and_others_are_drawn_bold(content):
    whole = content(criteria=(), evidence=(), findings=(), team=())
    pictures = []
    for site in ("铜冶炼厂", "铜冶炼厂 "):
        report = make_findings_report(replace(whole, site=site))
        pictures.append(pypdfium2.PdfDocument(report.pdf)[0].render(scale=2).to_pil().convert("L").crop((100, 100, 700, 250)))
    assert ImageChops.difference(*pictures).getbbox() is None
    dark = sum(count for count, value in pictures[0].getcolors() if value < 100)
    assert dark > 2600


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("foo  bar-baz 2026-05-14 -5", ["foo  ", "bar-", "baz ", "2026-05-14 ", "-5"]),
        ("http://x.org/y?z=1 a/b", ["http://", "x.org/", "y?z=1 ", "a/", "b"]),
        ("没有（附件2）。再", ["没", "有", "（附", "件", "2）。", "再"]),
        ("「点検」はカッター", ["「点", "検」", "は", "カッ", "ター"]),
        ("ไม่มีน้ำ เมื่อทดสอบ", ["ไม่มีน้ำ ", "เมื่อทดสอบ"]),
        ("물이 나오지", ["물이 ", "나오지"]),
    ],
)
def test_lines_are_broken_only_where_the_script_allows_it(line, pieces):
    assert [line[start:after] for start, _end, after in words(line)] == pieces


@given(st.text(ALPHABET + "ไม่มีน้ำ「」、。\n-", max_size=120), st.integers(600, 9000))
@settings(max_examples=100, deadline=None)
def test_no_line_is_wider_than_its_room_and_no_character_is_lost(text, width):
    lines = set_lines([Span(text=text)], REGULAR, width)
    assert "".join(piece.word.text for line in lines for piece in line.pieces) == text.replace("\n", "")
    assert sum(line.length for line in lines) == len(text) + 1
    widest = max((piece.word.width for line in lines for piece in line.pieces), default=0)
    assert all(line.width <= max(width, widest) + 0.01 for line in lines)


def test_every_shipped_face_is_used_and_no_face_is_missing():
    assert {open_face(name).name for name in (*FACES, BOLD)} == {path.stem for path in open_folder()}


def open_folder():
    return [path for path in files_for([""])[0].parent.iterdir() if path.suffix == ".ttf"]


def test_a_signature_takes_only_the_faces_that_its_names_need():
    assert [path.stem for path in files_for(["Ana Núñez", "王小明"])] == ["NotoSans-Regular", "NotoSansSC-Regular"]


@pytest.mark.parametrize("mark", "。、，「」：（）")
def test_punctuation_as_wide_as_an_ideograph_comes_from_the_face_of_the_ideographs(mark):
    assert face_of(mark) == "NotoSansSC-Regular"
    assert face_of(mark, japanese=True) == "NotoSansJP-Regular"
