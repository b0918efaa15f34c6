"""A report of 300 pages with 1,000 photos: time as a ratio to reportlab alone laying out the same texts and pictures, memory, size.

.venv/bin/python tests/benchmarks/report.py [--photos 1000] [--findings 215]

Both get ready thumbnails. reportlab alone has its own paragraphs, tables and pictures, one Latin font, no structure, no archival form,
no page numbers that are known only at the end. They run in turn, three times each, in processes of their own, and the middle ratio of a
pair counts. Time is that of the processor, because neither waits for anything: so a busy machine does not change the ratio. Before it is
measured each makes a few pages, which loads modules and fonts; how long that takes is told beside it.
"""

import argparse
import hashlib
import io
import json
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from PIL import Image, ImageFilter

TEXT = (
    "Two of four emergency eyewash stations on level 2 of the tankhouse gave no water when tested with the shift lead. The check sheet "
    "on the wall was last filled in during January, and the maintenance plan has no weekly check. Contractors were not covered."
)


def main() -> None:
    """Measure both and print the figures."""
    chosen = argparse.ArgumentParser()
    chosen.add_argument("--photos", type=int, default=1000)
    chosen.add_argument("--findings", type=int, default=215)
    chosen.add_argument("--only", choices=("ours", "plain"))
    wanted = chosen.parse_args()
    if wanted.only:
        print(json.dumps(_once(wanted.only, wanted.photos, wanted.findings)))
        return
    pairs = [(_process("plain", wanted), _process("ours", wanted)) for _run in range(3)]
    plain, ours = ([pair[side] for pair in pairs] for side in (0, 1))
    print(f"pages {ours[0]['pages']}, reportlab alone {plain[0]['pages']}")
    _tell("layout", [one["layout"] for one in ours], [one["seconds"] for one in plain])
    _tell(
        "all, with fonts, structure and the check as PDF/A", [one["seconds"] for one in ours], [one["seconds"] for one in plain], most=1.3
    )
    _tell("all, and loading", *([one["seconds"] + one["loading"] for one in side] for side in (ours, plain)))
    print(f"peak memory {max(run['peak'] for run in ours)} MB (under 500), reportlab alone {max(run['peak'] for run in plain)} MB")
    print(f"size {ours[0]['size'] / 1e6:.1f} MB with {wanted.photos} photos of {ours[0]['photo'] / 1e3:.1f} kB each")


def _tell(what: str, ours: list[float], plain: list[float], *, most: float = 0) -> None:
    ratios = [one / other for one, other in zip(ours, plain, strict=True)]
    told = f"{what}: {statistics.median(ours):.2f} s, reportlab alone {statistics.median(plain):.2f} s, "
    each = ", ".join(f"{ratio:.2f}" for ratio in ratios)
    print(f"{told}ratio {statistics.median(ratios):.2f} ({each}){f', at most {most}' if most else ''}")


def _process(kind: str, wanted: argparse.Namespace) -> dict[str, Any]:
    command = [sys.executable, __file__, "--only", kind, "--photos", str(wanted.photos), "--findings", str(wanted.findings)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def _once(kind: str, photos: int, findings: int) -> dict[str, Any]:
    content, few = _content(photos, findings), _content(5, 3)
    make = _ours if kind == "ours" else _plain
    started = time.process_time()
    make(few, lambda *_step: None)
    steps: list[float] = []
    began = time.process_time()
    pdf, pages = make(content, lambda _step, _done, _total: steps.append(time.process_time()))
    ended = time.process_time()
    return {
        "loading": began - started,
        "seconds": ended - began,
        "layout": (steps[-1] if steps else ended) - began,
        "pages": pages,
        "size": len(pdf),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "photo": statistics.mean(len(item.thumbnail) for item in content.evidence),
    }


def _ours(content: Any, progress: Callable[[str, int, int], None]) -> tuple[bytes, int]:
    from auditor_app.reporting.findings_report import make_findings_report

    made = make_findings_report(content, progress)
    return made.pdf, made.pages


def _content(photos: int, findings: int) -> Any:
    from auditor_app.reporting.content import (
        CriterionRow,
        EvidenceItem,
        EvidenceRef,
        FindingBlock,
        RatingLabel,
        ReportContent,
    )

    chance = random.Random(7)
    return ReportContent(
        title="Findings report",
        site="Quebrada Honda smelter",
        visit_kind="Assessment",
        standard_title="Copper Mark Risk Readiness Assessment",
        standard_version="3.0",
        lead_auditor="Ana Núñez",
        report_id="019e4f0a-51c3-7c1e-9a63-4a1be2d09f31",
        form_digest="0" * 64,
        program_version="Auditor App",
        made_at=datetime(2026, 5, 14, tzinfo=UTC),
        ratings=(RatingLabel(key="fully", label="Fully Meets"), RatingLabel(key="partially", label="Partially Meets")),
        criteria=tuple(
            CriterionRow(number=str(n), pillar="Social", name=f"Criterion {n}", rating="partially", because=TEXT, answered=3, checks=4)
            for n in range(1, 34)
        ),
        findings=tuple(
            FindingBlock(
                number=str(n),
                criterion_number=str(n % 33 + 1),
                criterion_name=f"Criterion {n % 33 + 1}",
                title=f"Eyewash stations without water, {n}",
                grade="Minor",
                statement=_words(chance),
                objective_evidence=_words(chance),
                requirement=_words(chance),
                action=_words(chance),
                site_reply="Agreed.",
                evidence=tuple(EvidenceRef(number=str(chance.randint(1, photos))) for _tile in range(5)),
            )
            for n in range(1, findings + 1)
        ),
        evidence=tuple(
            EvidenceItem(
                number=str(n),
                title=f"Photo {n} of the tankhouse, level {n % 7}",
                kind="Photo",
                digest=hashlib.sha256(str(n).encode()).hexdigest(),
                size=3_000_000 + n,
                captured="2026-05-12 14:02",
                place="22.45670° S, 68.90120° W",
                criteria=("17", "18"),
                thumbnail=_photo(chance),
            )
            for n in range(1, photos + 1)
        ),
    )


def _words(chance: random.Random) -> str:
    words = TEXT.split()
    chance.shuffle(words)
    return " ".join(words)


def _photo(chance: random.Random) -> bytes:
    """Paint something as hard to compress as a photo of a plant, at the size that the mail quality prints."""
    from auditor_app.reporting.photos import prepared

    noise = Image.effect_noise((360, 270), 60).filter(ImageFilter.GaussianBlur(1.2)).convert("RGB")
    tint = Image.new("RGB", noise.size, tuple(chance.randint(60, 200) for _channel in range(3)))
    target = io.BytesIO()
    Image.blend(noise, tint, 0.5).save(target, "JPEG", quality=80)
    return prepared(target.getvalue(), "mail")


def _plain(content: Any, _progress: Callable[[str, int, int], None]) -> tuple[bytes, int]:  # noqa: PLR0915 - one story
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Image as Picture
    from reportlab.platypus import KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

    from auditor_app.install_paths import resources

    pdfmetrics.registerFont(TTFont("Noto", str(resources() / "fonts" / "NotoSans-Regular.ttf")))
    sizes = {"body": (9.5, 14), "small": (8.5, 12), "title": (12, 16)}
    body, small, title = (ParagraphStyle(name, fontName="Noto", fontSize=size, leading=high) for name, (size, high) in sizes.items())
    looks = [("LINEBELOW", (0, 0), (-1, -1), 0.6, "#E3DFD9"), ("VALIGN", (0, 0), (-1, -1), "TOP"), ("FONTNAME", (0, 0), (-1, -1), "Noto")]
    pictures = {item.number: item.thumbnail for item in content.evidence}

    def criterion(row: Any) -> list[Any]:
        texts = (row.number, row.name, "Partially Meets", f"{row.answered} of {row.checks}", "0", "–")
        return [Paragraph(text, small) for text in texts]

    def tile(number: str) -> list[Any]:
        shown = Picture(io.BytesIO(pictures[number]), width=102, height=77)
        return [shown, Spacer(0, 4), Paragraph(f'<a href="#e{number}">{number} · Photo</a>', small), Paragraph("0123456789ab…", small)]

    def finding(one: Any) -> list[Any]:
        texts = (
            one.statement,
            "What is required",
            one.requirement,
            "Objective evidence",
            one.objective_evidence,
            "Proposed action",
            one.action,
        )
        numbers = [ref.number for ref in one.evidence]
        rows = [[tile(number) for number in numbers[start : start + 4]] for start in (0, 4)]
        tiles = [Table([row], colWidths=[112] * len(row), style=looks, hAlign="LEFT") for row in rows]
        pieces = [Paragraph(f"Finding {one.number} · {one.title}", title), *(Paragraph(text, body) for text in texts)]
        return [KeepTogether([*pieces, Paragraph("Reply of the site", small), Paragraph(one.site_reply, body), *tiles]), Spacer(0, 16)]

    def evidence(item: Any) -> list[Any]:
        facts = f"{item.kind} · {item.captured} · {item.place} · 3 MB · Criteria 17, 18"
        texts = [Paragraph(item.title, small), Paragraph(facts, small), Paragraph(item.digest, small)]
        number = Paragraph(f'<a name="e{item.number}"/>{item.number}', small)
        return [number, Picture(io.BytesIO(item.thumbnail), width=50, height=38), texts]

    def foot(canvas: Any, document: Any) -> None:
        canvas.setFont("Noto", 8)
        canvas.drawString(56, 34, f"{content.title} · {content.report_id}")
        canvas.drawRightString(539, 34, f"Page {document.page}")

    reasons = [[Paragraph(f"{row.number} {row.name}", body), Paragraph(row.because, body)] for row in content.criteria]
    story = [
        Table([criterion(row) for row in content.criteria], colWidths=[30, 191, 112, 52, 52, 46], style=looks, repeatRows=1),
        Table(reasons, colWidths=[183, 300], style=looks, repeatRows=1),
        PageBreak(),
        *(piece for one in content.findings for piece in finding(one)),
        PageBreak(),
        Table([evidence(item) for item in content.evidence], colWidths=[34, 58, 391], style=looks, repeatRows=1),
    ]
    output = io.BytesIO()
    document = SimpleDocTemplate(output, pagesize=A4, leftMargin=50, rightMargin=50, topMargin=78, bottomMargin=66)
    document.build(story, onFirstPage=foot, onLaterPages=foot)
    return output.getvalue(), document.page


if __name__ == "__main__":
    main()
