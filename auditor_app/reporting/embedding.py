"""What pages draw with, put into the file: the glyphs in use of each face, with the texts they stand for, and the pictures."""

import re
from collections.abc import Mapping

import pikepdf
import uharfbuzz as hb
from pikepdf import Array, Dictionary, Name

from auditor_app.reporting.fonts import Face, open_face
from auditor_app.reporting.paper import Used
from auditor_app.reporting.pictures import Measured

_LATE = re.compile(r"% late \d+ %")
_SYMBOLIC = 4
_STEM = 80
_ENTRIES = 100
"""How many entries one section of a character map may have."""


def embed(document: pikepdf.Pdf, used: Used) -> None:
    """Give all pages the faces, each page its pictures and what was only known at the end."""
    faces = {f"/{name}": _font(document, open_face(name), used.glyphs[name]) for name in sorted(used.glyphs)}
    fonts = document.make_indirect(Dictionary(faces))
    pictures = {name: _picture(document, *picture) for name, picture in used.pictures.items()}
    for number, (page, operators) in enumerate(zip(document.pages, used.pages, strict=True)):
        page.obj.Resources.Font = fonts
        page.obj.Contents = document.make_stream(_LATE.sub(lambda place: used.late[place[0]], operators).encode("ascii"))
        if names := used.pictures_of.get(number):
            page.obj.Resources.XObject = Dictionary({f"/{name}": pictures[name] for name in sorted(names)})


def _picture(document: pikepdf.Pdf, jpeg: bytes, known: Measured) -> pikepdf.Object:
    stream = document.make_stream(
        jpeg,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=known.width,
        Height=known.height,
        ColorSpace=Name.DeviceGray if known.grey else Name.DeviceRGB,
        BitsPerComponent=8,
    )
    stream.write(jpeg, filter=Name.DCTDecode)
    return stream


def _font(document: pikepdf.Pdf, face: Face, glyphs: Mapping[int, str]) -> pikepdf.Object:
    name = Name(f"/{_tag(glyphs)}+{face.name}")
    inner = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        CIDToGIDMap=Name.Identity,
        DW=1000,
        W=_widths(face, glyphs),
        FontDescriptor=document.make_indirect(_descriptor(document, face, name, glyphs)),
    )
    return document.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([document.make_indirect(inner)]),
            ToUnicode=document.make_stream(_character_map(glyphs)),
        )
    )


def _tag(glyphs: Mapping[int, str]) -> str:
    """Make the six letters that name a subset, from the glyphs themselves so that the same pages have the same letters."""
    number = sum((place + 1) * glyph for place, glyph in enumerate(sorted(glyphs))) + len(glyphs)
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(6))


def _widths(face: Face, glyphs: Mapping[int, str]) -> Array:
    widths = Array()
    for glyph in sorted(glyphs):
        widths.append(glyph)
        widths.append(Array([round(face.font.get_glyph_h_advance(glyph) * face.scale)]))
    return widths


def _descriptor(document: pikepdf.Pdf, face: Face, name: Name, glyphs: Mapping[int, str]) -> Dictionary:
    extents, scale = face.font.get_font_extents("ltr"), face.scale
    ascent, descent = round(extents.ascender * scale), round(extents.descender * scale)
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=_SYMBOLIC,
        FontBBox=Array([-1000, descent, 2500, ascent]),
        ItalicAngle=0,
        Ascent=ascent,
        Descent=descent,
        CapHeight=714,
        StemV=_STEM,
        FontFile2=document.make_stream(_subset(face, glyphs)),
    )


def _subset(face: Face, glyphs: Mapping[int, str]) -> bytes:
    wanted = hb.SubsetInput()
    wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    for glyph in glyphs:
        wanted.glyph_set.add(glyph)
    for table in ("GSUB", "GPOS", "GDEF", "STAT", "name", "post", "OS/2", "gasp", "vhea", "vmtx", "DSIG", "MATH", "BASE"):
        wanted.drop_table_tag_set.add(_table_tag(table))
    return bytes(hb.subset(face.font.face, wanted).blob.data)


def _table_tag(table: str) -> int:
    return int.from_bytes(table.encode("ascii").ljust(4), "big")


def _character_map(glyphs: Mapping[int, str]) -> bytes:
    told = [f"<{glyph:04X}> <{glyphs[glyph].encode('utf-16-be').hex().upper()}>" for glyph in sorted(glyphs) if glyphs[glyph]]
    parts = [told[start : start + _ENTRIES] for start in range(0, len(told), _ENTRIES)]
    sections = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{sections}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end\n"
    ).encode("ascii")
