"""A report as it comes from a visit: 33 criteria, 8 findings, 60 pieces of evidence, in the languages of the people met."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw

from auditor_app.reporting.content import (
    CriterionRow,
    EvidenceItem,
    EvidenceRef,
    Fact,
    FindingBlock,
    JournalHead,
    LimitRow,
    RatingLabel,
    ReportContent,
)
from auditor_app.reporting.findings_report import MadeReport, make_findings_report

MADE_AT = datetime(2026, 5, 14, 17, 42, 9, tzinfo=timezone(timedelta(hours=-4)))

RATINGS = (
    RatingLabel(key="fully", label="Fully Meets"),
    RatingLabel(key="partially", label="Partially Meets"),
    RatingLabel(key="does_not", label="Does Not Meet"),
    RatingLabel(key="not_applicable", label="Not Applicable"),
)

NAMES = {
    "Governance": (
        "Legal Compliance",
        "Business Integrity",
        "Management System",
        "Risk Assessment",
        "Stakeholder Engagement",
        "Business Relationships",
        "Grievance Mechanism",
        "Transparency and Disclosure",
        "Responsible Supply Chains",
        "Mineral Due Diligence",
    ),
    "Social": (
        "Child Labour",
        "Forced Labour",
        "Freedom of Association & Collective Bargaining",
        "Non-Discrimination and Harassment",
        "Diversity and Inclusion",
        "Employment Terms",
        "Occupational Health & Safety",
        "Emergency Preparedness",
        "Community Health & Safety",
        "Community Development",
        "Artisanal & Small-Scale Mining",
        "Security & Human Rights",
        "Indigenous Peoples' Rights",
        "Land Acquisition and Resettlement",
        "Cultural Heritage",
    ),
    "Environment": (
        "Climate Action",
        "Greenhouse Gas Emissions",
        "Water Stewardship",
        "Waste Management",
        "Tailings Management",
        "Pollution",
        "Biodiversity and Protected Areas",
        "Mine Closure & Reclamation",
    ),
}

BECAUSE = (
    "Hazard studies and critical controls are in place and reviewed every year. Line crews know the stop-work rule and used it twice in "
    "May. Contractors in the tankhouse were not covered by the last acid-mist measurement, and two of four eyewash stations on level 2 "
    "had no flow when tested."
)
TITLES = (
    "Tankhouse eyewash, level 2",
    "Acid mist, cathode stripping bay",
    "SOP-114 Confined space entry.pdf",
    "Permit board, anode furnace",
    "Protokół pomiaru hałasu, hala 3: ąęśżź",
    "Señalización de rutas de evacuación, año 2026",
    "应急预案与演练记录 2026年",
    "Interview note 12",
    "Weighbridge log April",
    "IMG_20260512_140233.jpg",
)
STATEMENTS = (
    "Two of four emergency eyewash stations on level 2 of the tankhouse gave no water when tested.",
    "Pomiary mgły kwasowej nie obejmują pracowników wykonawców: źródło, przegląd, ćwiczenia i żądania są niekompletne.",
    "El procedimiento de quejas no está disponible en español para los contratistas; ningún año fue revisado.",
    "现场承包商没有接受过危险源辨识培训，且2025年的培训记录缺失。现场主管 (site supervisor) 确认了这一点。",
)


def photo(order: int) -> bytes:
    """Paint a thumbnail as the vault would keep it: 320 px wide, some upright."""
    size = (320, 240) if order % 3 else (240, 320)
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    tint = Image.new("RGB", size, ((order * 47) % 160 + 60, (order * 31) % 140 + 70, (order * 17) % 150 + 60))
    picture = Image.blend(picture, tint, 0.7)
    ImageDraw.Draw(picture).rectangle((40, 60, 120, 140), fill=(230, 222, 205))
    output = BytesIO()
    picture.save(output, "JPEG", quality=80)
    return output.getvalue()


def evidence_item(order: int) -> EvidenceItem:
    """Give one of the 60 pieces."""
    is_photo = order % 4 != 3
    return EvidenceItem(
        number=str(order),
        title=TITLES[(order - 1) % len(TITLES)],
        kind="Photo" if is_photo else "Document",
        digest=hashlib.sha256(str(order).encode()).hexdigest(),
        size=order * 184_321,
        captured=f"12 May 2026, {8 + order % 9:02d}:{order % 60:02d} −04:00",
        place="Tankhouse, level 2" if order % 2 else "",
        criteria=("17", "18") if order % 2 else ("27",),
        thumbnail=photo(order) if is_photo else None,
    )


def finding(order: int) -> FindingBlock:
    """Give one of the 8 findings."""
    return FindingBlock(
        number=str(order),
        criterion_number=str(12 + order),
        criterion_name=NAMES["Social"][order + 1],
        title=("Eyewash stations without water", "Contractors outside measurements", "Grievance procedure", "培训记录缺失")[
            (order - 1) % 4
        ],
        grade=("Major", "Minor", "Opportunity")[order % 3],
        systemic=(True, False, None)[order % 3],
        statement=STATEMENTS[(order - 1) % 4],
        objective_evidence="Tested on 12 May at 14:02 with the shift lead.\nStations 3 and 4: no flow.\nLast check sheet: January."
        if order != 5
        else BECAUSE * 4,
        requirement="Emergency equipment is kept ready, checked at the interval the site has set, and the checks are recorded.",
        action="Repair both stations, put the weekly check into the maintenance plan, and show three months of records."
        if order % 4
        else "",
        owner="Head of maintenance" if order % 4 else "",
        due="30 June 2026" if order % 4 else "",
        site_reply="Agreed. The spare parts were ordered on 13 May." if order % 2 else "",
        evidence=tuple(EvidenceRef(number=str(n), contradicts=n % 5 == 0) for n in range(order * 6, order * 6 + (order * 2) % 7)),
    )


def criteria() -> tuple[CriterionRow, ...]:
    """Give all 33 criteria; findings 1 to 8 belong to criteria 13 to 20."""
    named = [(pillar, name) for pillar, names in NAMES.items() for name in names]
    return tuple(
        CriterionRow(
            number=str(number),
            pillar=pillar,
            name=name,
            rating=_rating(number),
            because=BECAUSE if number % 3 == 2 else "Seen in records, in interviews and on the floor.",
            answered=number % 7,
            checks=number % 7 + number % 3,
            evidence_count=(number * 5) % 12,
            findings=(str(number - 12),) if 13 <= number <= 20 else (),
        )
        for number, (pillar, name) in enumerate(named, start=1)
    )


def _rating(number: int) -> str | None:
    special = {17: "does_not", 21: "not_applicable", 24: "not_applicable", 29: None, 33: None}
    return special.get(number, "partially" if 13 <= number <= 20 or number == 27 else "fully")


def report_content(**changes: Any) -> ReportContent:
    """Give the whole report, with some fields changed."""
    fields: dict[str, Any] = {
        "title": "Findings report",
        "site": "Quebrada Honda smelter",
        "visit_kind": "Re-assessment",
        "standard_title": "Copper Mark Risk Readiness Assessment",
        "standard_version": "3.0",
        "lead_auditor": "Zofia Wiśniewska-Żółtowska",
        "team": ("Íñigo Muñoz Peña", "王小明"),
        "office": "Andes Assurance Office",
        "site_facts": (
            Fact(label="Company", value="Fundición Quebrada Honda S.A."),
            Fact(label="Country", value="Chile"),
            Fact(label="Place", value="Región de Antofagasta, 22.45° S 68.92° W"),
            Fact(label="Type of site", value="Smelter and refinery"),
            Fact(label="Metals", value="Copper, molybdenum"),
            Fact(label="People on site", value="1,240 own, 610 contractors"),
        ),
        "dates": (Fact(label="Visit", value="11 to 14 May 2026"), Fact(label="Closing meeting", value="14 May 2026")),
        "scope": "The smelter, the tankhouse, the acid plant and the port warehouse, for the period from May 2025 to April 2026.",
        "exclusions": "The closed north tailings facility, which another standard covers.",
        "method": (
            "The team reviewed records, spoke with 24 people in 17 interviews without managers present, and walked the areas named below.",
            "A rating is proposed where at least three independent sources agree.",
        ),
        "ratings": RATINGS,
        "criteria": criteria(),
        "findings": tuple(finding(order) for order in range(1, 9)),
        "evidence": tuple(evidence_item(order) for order in range(1, 61)),
        "limits": (
            LimitRow(
                what="Night shift in the anode furnace", why="The furnace was down for relining on both nights.", criteria=("17", "18")
            ),
            LimitRow(what="Contractor camp kitchen", why="Access refused by the camp's operator.", criteria=("16",)),
        ),
        "report_id": "019e4f0a-51c3-7c1e-9a63-4a1be2d09f31",
        "form_digest": hashlib.sha256(b"form").hexdigest(),
        "journal_heads": tuple(
            JournalHead(device=name, digest=hashlib.sha256(name.encode()).hexdigest()) for name in ("Zofia's laptop", "Íñigo's tablet")
        ),
        "made_at": MADE_AT,
        "program_version": "Auditor App 0.1.0",
    }
    return ReportContent(**{**fields, **changes})


@pytest.fixture
def content() -> Callable[..., ReportContent]:
    """Give the maker of report contents."""
    return report_content


@pytest.fixture(scope="session")
def full_report() -> MadeReport:
    """Make the whole report once; it takes a second."""
    return make_findings_report(report_content())
