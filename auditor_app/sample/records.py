"""Files that are no pictures: sound and spreadsheets, made with the standard library alone."""

import io
import math
import wave
import zipfile
from array import array
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from auditor_app.sample.seeds import seeded

_RATE = 16_000
"""Samples a second: enough for a field recording."""
_MADE = (2026, 11, 16, 12, 0, 0)
"""A fixed time for members of archives, so that the bytes are the same every time."""

Sound = Callable[[float], float]


def siren(second: float) -> float:
    """Sound of a two-tone alarm: 0.6 s high, 0.6 s low."""
    tone = 960 if second % 1.2 < 0.6 else 770
    return 0.55 * math.sin(2 * math.pi * tone * second) + 0.12 * math.sin(6 * math.pi * tone * second)


def pump(second: float) -> float:
    """Sound of a pump: mains hum, its harmonics and a slow beat."""
    beat = 0.75 + 0.25 * math.sin(2 * math.pi * 1.7 * second)
    return beat * sum(math.sin(2 * math.pi * tone * second) * loud for tone, loud in ((50, 0.3), (100, 0.22), (150, 0.12), (295, 0.08)))


SOUNDS: dict[str, Sound] = {"siren": siren, "pump": pump}


def wav_bytes(sound: Sound, seconds: int, seed: int) -> bytes:
    """Record a sound with a little hiss, 16 bit, one channel."""
    hiss = seeded(seed)
    frames = array("h", (round(32000 * (0.9 * sound(n / _RATE) + hiss.uniform(-0.02, 0.02))) for n in range(seconds * _RATE)))
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes(frames.tobytes())
    return out.getvalue()


_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    "</Types>"
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def xlsx_bytes(sheet_name: str, rows: Sequence[Sequence[str | int | float]]) -> bytes:
    """Write a workbook with one sheet: texts and numbers, no styles."""
    listed = f'<sheets><sheet name="{escape(sheet_name)}" sheetId="1" r:id="rId1"/></sheets>'
    body = "".join(f'<row r="{number}">{_cells(row, number)}</row>' for number, row in enumerate(rows, start=1))
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}">{listed}</workbook>',
        "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEETS}"><sheetData>{body}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            member = zipfile.ZipInfo(name, _MADE)
            member.create_system = 0  # else the bytes tell which system made them
            archive.writestr(member, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')
    return out.getvalue()


def _relation(kind: str, target: str) -> str:
    return f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'


def _cells(row: Sequence[str | int | float], number: int) -> str:
    """Write one row; up to 26 columns, which is all the sample needs."""
    return "".join(_cell(value, f"{chr(65 + column)}{number}") for column, value in enumerate(row))


def _cell(value: str | int | float, place: str) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'
