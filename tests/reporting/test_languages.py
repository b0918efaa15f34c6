"""The program's own texts in every language that is shipped, and reports in another language than the window's."""

import importlib.util
from dataclasses import replace
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter

import pypdfium2
import pytest

from auditor_app.reporting.findings_report import make_findings_report
from auditor_app.translation import _, current_language, language, plural
from auditor_app.workflows.reports import make_report, report_bytes

_spec = importlib.util.spec_from_file_location("catalogues", Path(__file__).parents[2] / "packaging" / "catalogues.py")
catalogues = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(catalogues)
CODES = catalogues.codes()


@pytest.fixture(scope="module")
def source():
    return catalogues.source()


def forms(words):
    return tuple(words) if isinstance(words, tuple | list) else (words,)


def fields(text):
    return {name for _text, name, _how, _change in Formatter().parse(text) if name is not None}


def text_of(pdf):
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(pdf))


def test_spanish_is_shipped():
    assert "es" in CODES


@pytest.mark.parametrize("code", CODES)
def test_every_text_of_the_program_has_a_translation(code, source):
    assert [message.id for message in catalogues.untranslated(catalogues.updated(code, source))] == []


@pytest.mark.parametrize("code", CODES)
def test_every_translation_keeps_what_is_filled_in_and_no_more(code):
    for message in catalogues.read(code):
        if not message.id:
            continue
        wanted = set.union(*(fields(text) for text in forms(message.id)))
        for text in forms(message.string):
            missing = wanted - fields(text) - ({"count"} if isinstance(message.id, tuple | list) else set())
            assert fields(text) <= wanted, message.id
            assert not text or not missing, message.id
        ends = {text[-1:] == " " or text[:1] == " " for text in (*forms(message.id), *forms(message.string)) if text}
        assert len(ends) == 1, message.id


@pytest.mark.parametrize("code", CODES)
def test_the_compiled_catalogue_is_that_of_the_edited_one(code, source):
    edited = catalogues.po_file(code)
    assert edited.read_bytes() == catalogues.po_bytes(catalogues.updated(code, source)), "run packaging/catalogues.py update"
    assert edited.with_suffix(".mo").read_bytes() == catalogues.mo_bytes(catalogues.read(code))


def test_the_same_texts_give_the_same_catalogue(source):
    assert catalogues.po_bytes(catalogues.updated("es", source)) == catalogues.po_bytes(catalogues.updated("es", catalogues.source()))


def test_a_text_that_is_not_translated_yet_is_shown_in_english(source):
    catalogue = catalogues.updated("es", source)
    catalogue["Findings"].string = ""
    compiled = GNUTranslations(BytesIO(catalogues.mo_bytes(catalogue)))
    assert [compiled.gettext(text) for text in ("Findings", "Limits")] == ["Findings", "Limitaciones"]


def test_a_report_speaks_its_language_while_the_window_keeps_its_own(content):
    whole = content(language="es", evidence=(), findings=())
    report = make_findings_report(replace(whole, criteria=tuple(replace(row, findings=()) for row in whole.criteria)))
    text = text_of(report.pdf)
    for words in (
        "Calificaciones propuestas · 33 criterios",
        "Propuesto, no otorgado",
        "Página 1 de",
        "14 de mayo de 2026",
        "Sin calificar",
    ):
        assert words in text, words
    assert "Proposed ratings" not in text
    assert (current_language(), _("Findings")) == ("en", "Findings")


def test_plural_forms_are_those_of_the_language():
    with language("es"):
        assert [plural("{count} finding", "{count} findings", count) for count in (0, 1, 2)] == ["0 hallazgos", "1 hallazgo", "2 hallazgos"]


def test_a_report_of_a_visit_is_made_in_spanish_from_an_english_window(workspace, visit):
    text = text_of(report_bytes(workspace, make_report(workspace, visit, language="es")))
    assert "Informe de hallazgos" in text
    assert "Empresa" in text
    assert "Cobres del Sur" in text
    assert "Findings report" not in text
