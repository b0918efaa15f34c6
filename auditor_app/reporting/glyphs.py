"""The rating glyphs, each of a different shape, drawn as vectors: tick, half disc, triangle with bar, bar in circle, open circle."""

from collections.abc import Callable

from reportlab.lib.colors import Color

from auditor_app.reporting.paper import Paper
from auditor_app.reporting.styles import PAPER

_STROKE = 0.1
"""Line width as a share of the glyph's size."""


def draw_glyph(canvas: Paper, key: str | None, x: float, y: float, size: float, colour: Color) -> None:
    """Draw the glyph of a rating into the square whose lower left corner is (x, y); None is "not rated"."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(size, size)
    canvas.stamp(("rating", key, colour.rgb()), lambda paper: _draw(paper, key, colour))
    canvas.restoreState()


def _draw(canvas: Paper, key: str | None, colour: Color) -> None:
    """Draw into the square of one point."""
    canvas.setFillColor(colour)
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(_STROKE)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    _GLYPHS.get(key, _disc)(canvas)


def _circle(canvas: Paper) -> None:
    canvas.circle(0.5, 0.5, 0.5 - _STROKE / 2, stroke=1, fill=0)


def _disc(canvas: Paper) -> None:
    canvas.circle(0.5, 0.5, 0.5, stroke=0, fill=1)


def _tick(canvas: Paper) -> None:
    _disc(canvas)
    canvas.setStrokeColor(PAPER)
    canvas.setLineWidth(0.12)
    _line(canvas, [(0.28, 0.50), (0.44, 0.34), (0.73, 0.66)])


def _half_disc(canvas: Paper) -> None:
    _circle(canvas)
    canvas.wedge(0.05, 0.05, 0.95, 0.95, 90, 180, stroke=0, fill=1)


def _triangle(canvas: Paper) -> None:
    path = canvas.beginPath()
    path.moveTo(0.5, 0.9)
    path.lineTo(0.06, 0.12)
    path.lineTo(0.94, 0.12)
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)
    canvas.setStrokeColor(PAPER)
    canvas.setLineWidth(0.11)
    _line(canvas, [(0.5, 0.66), (0.5, 0.42)])
    _line(canvas, [(0.5, 0.24), (0.5, 0.235)])


def _barred_circle(canvas: Paper) -> None:
    _circle(canvas)
    _line(canvas, [(0.29, 0.5), (0.71, 0.5)])


def _line(canvas: Paper, points: list[tuple[float, float]]) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    canvas.drawPath(path, stroke=1, fill=0)


_GLYPHS: dict[str | None, Callable[[Paper], None]] = {
    "fully": _tick,
    "partially": _half_disc,
    "does_not": _triangle,
    "not_applicable": _barred_circle,
    None: _circle,
}
