"""Keep the catalogues of the program's texts: collect new texts, show what has no translation, compile.

    .venv/bin/python packaging/catalogues.py update     after texts changed: brings every catalogue into step and compiles it
    .venv/bin/python packaging/catalogues.py missing    lists the texts without a translation, by language
    .venv/bin/python packaging/catalogues.py add CODE   begins a catalogue for a further language

Translators edit resources/locale/CODE/LC_MESSAGES/auditor_app.po with any gettext editor and run `update`.
"""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "resources" / "locale"
DOMAIN = "auditor_app"
KEYWORDS = {"_": None, "N_": None, "plural": (1, 2)}
_NEVER = datetime(2026, 1, 1, tzinfo=UTC)
"""Catalogues carry no date, so that the same texts give the same file."""


def source() -> Catalog:
    """Collect all texts of the program, with the modules that show them."""
    found = Catalog(project="Auditor App", domain=DOMAIN, creation_date=_NEVER)
    for module, _line, message, _comments, _context in extract_from_dir(ROOT / "auditor_app", keywords=KEYWORDS):
        found.add(message, locations=[(f"auditor_app/{Path(module).as_posix()}", 0)])
    return found


def codes() -> list[str]:
    """List the languages that have a catalogue."""
    return sorted(folder.name for folder in LOCALE.iterdir() if po_file(folder.name).is_file())


def po_file(code: str) -> Path:
    """Name the catalogue of a language, as translators edit it."""
    return LOCALE / code / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(code: str) -> Catalog:
    """Read the catalogue of a language."""
    with po_file(code).open("rb") as stream:
        return read_po(stream, locale=code, domain=DOMAIN)


def updated(code: str, texts: Catalog) -> Catalog:
    """Bring a language's catalogue into step with the program's texts; what the program no longer says is dropped."""
    catalogue = read(code) if po_file(code).is_file() else Catalog(locale=code, domain=DOMAIN, project="Auditor App")
    catalogue.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.creation_date = catalogue.revision_date = _NEVER
    catalogue.fuzzy = False
    catalogue.header_comment = f"# Texts of Auditor App in {catalogue.locale.english_name}. Same licence as the program."
    catalogue.last_translator = catalogue.language_team = "The Auditor App authors"
    catalogue.msgid_bugs_address = ""
    return catalogue


def po_bytes(catalogue: Catalog) -> bytes:
    """Write a catalogue as translators edit it; the same texts give the same bytes."""
    target = io.BytesIO()
    write_po(target, catalogue, width=120, sort_by_file=True, include_lineno=False, omit_header=False)
    return target.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """Write a catalogue as the program reads it; what has no translation is left out, so that it is shown in English."""
    target, whole = io.BytesIO(), read_po(io.BytesIO(po_bytes(catalogue)), locale=catalogue.locale, domain=DOMAIN)
    for message in list(untranslated(whole)):
        whole.delete(message.id)
    write_mo(target, whole)
    return target.getvalue()


def untranslated(catalogue: Catalog) -> Iterator[Message]:
    """Give the texts that have no translation, or not one for each of the language's plural forms."""
    for message in catalogue:
        words = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and not (words and all(words)):
            yield message


def write(code: str, texts: Catalog) -> Catalog:
    """Bring a language's files into step; gives its catalogue."""
    catalogue = updated(code, texts)
    po_file(code).parent.mkdir(parents=True, exist_ok=True)
    po_file(code).write_bytes(po_bytes(catalogue))
    po_file(code).with_suffix(".mo").write_bytes(mo_bytes(catalogue))
    return catalogue


def main(arguments: list[str]) -> int:
    """Do what the command line asks; 1 when something has no translation."""
    command, *further = arguments or ["missing"]
    texts, left = source(), 0
    for code in further if command == "add" else codes():
        catalogue = write(code, texts) if command in {"add", "update"} else updated(code, texts)
        without = list(untranslated(catalogue))
        left += len(without)
        print(f"{code}: {len(texts)} texts, {len(without)} without a translation")
        for message in without if command == "missing" else ():
            print(f"  {message.id!r}")
    return int(left > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
