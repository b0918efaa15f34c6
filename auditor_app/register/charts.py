"""Bars for a ready query, as SVG that stands in a page by itself: no script, no network, and every figure beside its bar as text."""

from collections.abc import Sequence
from html import escape
from typing import Any

from auditor_app.register.queries import QUERIES, Chart

ROW, BAR, LABEL, WIDTH, FIGURE, MARGIN = 26, 16, 330, 960, 60, 8
COLOURS = ("#2f6f8f", "#b8791a", "#a33b3b", "#6d6d6d", "#77619b", "#5c7034")
"""Of parts in the order of the legend; each also has its name there, its figure in the bar where there is room, and all in a tooltip."""

ROOM = 26
"""The width of a part from which on its figure fits in."""

Rows = Sequence[Sequence[Any]]


def chart_of(query: str, columns: Sequence[str], rows: Rows) -> str:
    """Draw the chart of a ready query; "" where it has none."""
    chart = next((one.chart for one in QUERIES if one.name == query), None)
    return draw(chart, columns, rows) if chart and rows else ""


def draw(chart: Chart, columns: Sequence[str], rows: Rows) -> str:
    """Draw bars one below another, each in its parts."""
    bars = _bars(chart, columns, rows)
    parts = _in_order([[part for part, _value in bar] for bar in bars.values()])
    longest = max(sum(value for _part, value in bar) for bar in bars.values()) or 1
    top = ROW if chart.part else 0
    body = [*(_legend(parts) if chart.part else [])]
    for number, (label, bar) in enumerate(bars.items()):
        body += _bar(label, bar, parts, top + number * ROW, (WIDTH - LABEL - FIGURE) / longest)
    height = top + len(bars) * ROW + MARGIN
    return (
        f'<svg role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" style="max-width:{WIDTH}px" '
        f'font-family="sans-serif" font-size="13">{"".join(body)}</svg>'
    )


def _bars(chart: Chart, columns: Sequence[str], rows: Rows) -> dict[str, list[tuple[str, float]]]:
    bars: dict[str, list[tuple[str, float]]] = {}
    for row in rows:
        told = dict(zip(columns, row, strict=True))
        label = " ".join(str(told[name]) for name in chart.label)
        bars.setdefault(label, []).append((str(told[chart.part]) if chart.part else "", float(str(told[chart.value]))))
    return bars


def _in_order(bars: list[list[str]]) -> list[str]:
    """Put the parts of all bars in one order that is that of each bar: one that a bar lacks keeps its place in the others."""
    parts: list[str] = []
    for bar in bars:
        at = 0
        for part in bar:
            if part in parts:
                at = parts.index(part) + 1
            else:
                parts.insert(at, part)
                at += 1
    return parts


def _legend(parts: Sequence[str]) -> list[str]:
    drawn, left = [], LABEL
    for part in parts:
        drawn.append(f'<rect x="{left}" y="4" width="12" height="12" fill="{_colour(parts, part)}"/>')
        drawn.append(f'<text x="{left + 18}" y="15">{escape(part)}</text>')
        left += 40 + 8 * len(part)
    return drawn


def _bar(label: str, bar: list[tuple[str, float]], parts: Sequence[str], top: int, scale: float) -> list[str]:
    shown = label if len(label) <= 46 else f"{label[:45]}…"
    drawn = [f'<text x="{LABEL - MARGIN}" y="{top + 13}" text-anchor="end">{escape(shown)}</text>']
    left = float(LABEL)
    for part, value in bar:
        tip = escape(f"{label}: {part + ' ' if part else ''}{value:g}")
        drawn.append(
            f'<rect x="{left:.1f}" y="{top}" width="{value * scale:.1f}" height="{BAR}" fill="{_colour(parts, part)}">'
            f"<title>{tip}</title></rect>"
        )
        if part and value * scale >= ROOM:
            middle = left + value * scale / 2
            drawn.append(f'<text x="{middle:.1f}" y="{top + 13}" text-anchor="middle" fill="#ffffff">{value:g}</text>')
        left += value * scale
    total = sum(value for _part, value in bar)
    return [*drawn, f'<text x="{left + MARGIN:.1f}" y="{top + 13}">{total:g}</text>']


def _colour(parts: Sequence[str], part: str) -> str:
    return COLOURS[parts.index(part) % len(COLOURS)]
