"""Painters of rooms and boards: notices, lockers, control room, meeting table, corridor."""

from collections.abc import Sequence

from auditor_app.sample.canvas import INK, WHITE, Canvas, Colour
from auditor_app.sample.scenes_plant import hall
from auditor_app.sample.scenes_safety import wall

_PAPERS: tuple[Colour, ...] = ((250, 248, 240), (244, 238, 214), (226, 238, 244), (250, 226, 220))


def board(canvas: Canvas, words: Sequence[str], mood: str) -> None:
    """Paint a notice board; mood "permit" hangs locks and cards, "box" puts a letter box beside it. Words: title, then paper headings."""
    wall(canvas, (198, 196, 184))
    canvas.shadow([(-1.0, 0.75, 2), (1.08, 0.7, 2), (1.08, 2.1, 2), (-1.0, 2.1, 2)], 0.4)
    canvas.pane(0, 0.78, 2, (2.0, 1.36), (128, 92, 60), round_by=0.02)
    canvas.pane(0, 0.82, 1.995, (1.92, 1.28), (176, 138, 96) if mood != "permit" else (228, 230, 228))
    canvas.pane(0, 1.93, 1.99, (1.92, 0.17), (24, 82, 132))
    canvas.write((0, 2.015, 1.985), words[0], 0.11, WHITE)
    for number, heading in enumerate(words[1:9]):
        _paper(canvas, -0.72 + number % 4 * 0.48, 1.42 - number // 4 * 0.52, heading, _PAPERS[number % 4], lock=mood == "permit")
    if mood == "box":
        _letter_box(canvas)


def _paper(canvas: Canvas, x: float, y: float, heading: str, colour: Colour, *, lock: bool) -> None:
    tilt = canvas.random.uniform(-0.012, 0.012)
    canvas.pane(x + 0.012, y - 0.052, 1.985, (0.4, 0.47), (112, 92, 70))
    canvas.face(
        [
            (x - 0.2, y - 0.04 + tilt, 1.98),
            (x + 0.2, y - 0.04 - tilt, 1.98),
            (x + 0.2, y + 0.43 - tilt, 1.98),
            (x - 0.2, y + 0.43 + tilt, 1.98),
        ],
        colour,
    )
    canvas.write((x, y + 0.36, 1.975), heading, min(0.055, 0.62 / max(8, len(heading))), INK)
    for line in range(8):
        wide = canvas.random.uniform(0.18, 0.33)
        canvas.pane(x - 0.17 + wide / 2, y + 0.27 - line * 0.036, 1.975, (wide, 0.01), (134, 134, 132))
    canvas.disc(x, y + 0.41, 1.97, 0.016, (206, 50, 44))
    if lock:
        canvas.disc(x + 0.1, y - 0.0, 1.965, 0.045, (120, 122, 124))
        canvas.pane(x + 0.1, y - 0.1, 1.96, (0.12, 0.1), (206, 50, 44), round_by=0.015)


def _letter_box(canvas: Canvas) -> None:
    canvas.shadow([(0.4, 0.78, 1.8), (0.86, 0.76, 1.8), (0.86, 1.36, 1.8), (0.4, 1.36, 1.8)], 0.5)
    canvas.pane(0.54, 0.8, 1.8, (0.56, 0.6), (18, 110, 120), round_by=0.03)
    canvas.pane(0.54, 1.28, 1.79, (0.36, 0.035), (10, 30, 34))
    canvas.write((0.54, 1.12, 1.79), "BUZÓN", 0.1, WHITE)
    canvas.write((0.54, 0.99, 1.79), "confidencial", 0.062, WHITE, bold=False)
    canvas.disc(0.54, 0.88, 1.79, 0.03, (206, 206, 200))


def lockers(canvas: Canvas, words: Sequence[str], _mood: str) -> None:
    """Paint a row of protective equipment: helmets, jackets, boots by size. Words: title, then one size per peg."""
    wall(canvas, (206, 206, 198))
    canvas.look(1.38, 0.5)
    canvas.pane(0, 1.98, 2, (2.1, 0.2), (24, 82, 132))
    canvas.write((0, 2.08, 1.99), words[0], 0.12, WHITE)
    colours: tuple[Colour, ...] = ((250, 130, 30), (214, 226, 40), (250, 130, 30), (40, 90, 160))
    for number, size in enumerate(words[1:6]):
        _outfit(canvas, -0.8 + number * 0.4, colours[number % 4], size)


def _outfit(canvas: Canvas, x: float, colour: Colour, size: str) -> None:
    canvas.pane(x, 0.62, 2, (0.38, 1.34), (150, 154, 156))
    canvas.pane(x, 0.64, 1.995, (0.35, 1.3), (92, 96, 100))
    canvas.disc(x, 1.74, 1.98, 0.12, WHITE)
    canvas.pane(x, 1.69, 1.975, (0.28, 0.04), (226, 224, 214), round_by=0.02)
    canvas.face([(x - 0.13, 0.98, 1.98), (x + 0.13, 0.98, 1.98), (x + 0.15, 1.5, 1.98), (x, 1.58, 1.98), (x - 0.15, 1.5, 1.98)], colour)
    for y in (1.12, 1.28):
        canvas.pane(x, y, 1.975, (0.27, 0.04), (226, 230, 226))
    for side in (-0.07, 0.07):
        canvas.pane(x + side, 0.66, 1.98, (0.11, 0.2), (50, 42, 36), round_by=0.02)
    canvas.pane(x, 1.4, 1.97, (0.16, 0.09), WHITE, round_by=0.01)
    canvas.write((x, 1.445, 1.965), size, 0.06, INK)


def screens(canvas: Canvas, words: Sequence[str], _mood: str) -> None:
    """Paint control room screens with trends and mimics. Words: one title per screen."""
    hall(canvas, (70, 78, 86), (64, 66, 70), depth=9, width=5, height=3.4)
    for number, title in enumerate(words[:3]):
        x = -1.75 + number * 1.75
        canvas.pane(x, 1.25, 5, (1.66, 1.1), (18, 20, 24), round_by=0.03)
        canvas.pane(x, 1.29, 4.99, (1.58, 1.02), (16, 38, 58))
        canvas.pane(x, 2.16, 4.98, (1.58, 0.15), (30, 92, 140))
        canvas.write((x, 2.235, 4.97), title, 0.1, WHITE)
        _trend(canvas, x, (120, 226, 140)) if number != 1 else _mimic(canvas, x)
    canvas.box(0, 0, 3.6, (5.4, 0.78, 0.9), (146, 122, 96))
    for x in (-1.4, 0.0, 1.4):
        canvas.box(x, 0.79, 3.8, (0.6, 0.03, 0.24), (40, 42, 46))
    canvas.glow(canvas.at(0, 1.8, 5), canvas.width * 0.44, (120, 190, 240), 0.16)


def _trend(canvas: Canvas, x: float, colour: Colour) -> None:
    for line in range(4):
        canvas.edge((x - 0.7, 1.4 + line * 0.2, 4.97), (x + 0.7, 1.4 + line * 0.2, 4.97), 0.006, (50, 84, 108))
    level, before = 1.6, (x - 0.7, 1.6, 4.96)
    for step in range(1, 36):
        level = max(1.36, min(2.08, level + canvas.random.uniform(-0.06, 0.064)))
        after = (x - 0.7 + step * 0.04, level, 4.96)
        canvas.edge(before, after, 0.016, colour)
        before = after


def _mimic(canvas: Canvas, x: float) -> None:
    for number, colour in enumerate(((200, 120, 60), (90, 170, 200), (120, 200, 130))):
        canvas.pane(x - 0.5 + number * 0.5, 1.55, 4.96, (0.26, 0.4), colour, round_by=0.05)
        canvas.edge((x - 0.37 + number * 0.5, 1.74, 4.96), (x - 0.13 + number * 0.5, 1.74, 4.96), 0.02, WHITE)
    canvas.write((x, 1.42, 4.95), "SO2  11,8 %   T 421 °C", 0.075, (236, 220, 120))


def table(canvas: Canvas, words: Sequence[str], _mood: str) -> None:
    """Paint a signed sheet on a meeting table, seen from above. Words: title, then one line per row."""
    canvas.blend((0, 0, canvas.width, canvas.height), (156, 116, 78), (122, 86, 56))
    canvas.grit((0, 0, canvas.width, canvas.height), 10, (60, 3))
    canvas.look(1.5, 0.5)
    canvas.shadow([(-0.72, 0.74, 2), (0.86, 0.68, 2), (0.86, 2.18, 2), (-0.7, 2.18, 2)], 0.5)
    canvas.face([(-0.8, 0.8, 2), (0.74, 0.77, 2), (0.77, 2.2, 2), (-0.77, 2.23, 2)], (250, 249, 244))
    canvas.write((-0.02, 2.1, 1.99), words[0], 0.075, INK)
    for row in range(11):
        canvas.edge((-0.74, 1.94 - row * 0.1, 1.99), (0.71, 1.93 - row * 0.1, 1.99), 0.004, (126, 128, 132))
    for column in (-0.74, -0.02, 0.3, 0.71):
        canvas.edge((column, 1.94, 1.99), (column, 0.93, 1.99), 0.004, (126, 128, 132))
    for row, line in enumerate(words[1:11]):
        canvas.write((-0.7, 1.885 - row * 0.1, 1.985), line, 0.05, (36, 56, 120), bold=False, anchor="lm")
        _scribble(canvas, 0.36, 1.88 - row * 0.1)
    canvas.edge((0.86, 1.0, 1.95), (1.0, 1.7, 1.95), 0.035, (30, 60, 140))
    canvas.drum(-0.99, 0.7, 1.95, 0.12, 0.02, (236, 236, 232))


def _scribble(canvas: Canvas, x: float, y: float) -> None:
    before = (x, y, 1.98)
    for step in range(1, 12):
        after = (x + step * 0.026, y + canvas.random.uniform(-0.032, 0.032), 1.98)
        canvas.edge(before, after, 0.006, (36, 50, 130))
        before = after


def corridor(canvas: Canvas, words: Sequence[str], mood: str) -> None:
    """Paint a camp corridor with numbered doors. Words: the sign hanging from the ceiling."""
    canvas.look(1.6, 0.48)
    hall(canvas, (218, 210, 190), (150, 136, 118), depth=20, width=1.7, height=2.8)
    for number, z in enumerate((16, 13, 10, 7, 4.4)):
        for side in (-1.69, 1.69):
            canvas.face([(side, 0, z), (side, 0, z + 1), (side, 2.1, z + 1), (side, 2.1, z)], (120, 86, 58))
            canvas.face([(side, 1.5, z + 0.35), (side, 1.5, z + 0.65), (side, 1.7, z + 0.65), (side, 1.7, z + 0.35)], WHITE)
        canvas.pane(0, 2.74, z, (0.9, 0.05), (255, 252, 236))
        canvas.glow(canvas.at(0, 2.7, z), canvas.pixels(1.2, z), (255, 250, 226), 0.3 - number * 0.02)
    canvas.pane(0, 2.15, 6.5, (1.7, 0.4), (16, 128, 76) if mood == "exit" else (24, 82, 132), round_by=0.03)
    canvas.write((0, 2.35, 6.4), words[0], 0.2, WHITE)


def extinguisher(canvas: Canvas, words: Sequence[str], mood: str) -> None:
    """Paint a fire extinguisher with its inspection tag. Words: station, tag's date."""
    wall(canvas, (200, 200, 192))
    canvas.pane(0, 1.86, 2, (0.84, 0.3), (206, 40, 36), round_by=0.02)
    canvas.write((0, 2.01, 1.99), words[0], 0.1, WHITE)
    canvas.shadow([(-0.2, 0.72, 2), (0.5, 0.7, 2), (0.5, 1.6, 2), (-0.1, 1.6, 2)], 0.5)
    canvas.drum(0, 0.76, 1.95, 0.2, 0.74, (204, 40, 34))
    canvas.drum(0, 1.5, 1.95, 0.07, 0.1, (60, 62, 64))
    canvas.edge((-0.05, 1.6, 1.9), (0.2, 1.64, 1.9), 0.04, (40, 42, 44))
    canvas.edge((0.1, 1.55, 1.9), (0.3, 1.2, 1.9), 0.035, (30, 30, 32))
    canvas.edge((0.3, 1.2, 1.9), (0.28, 0.86, 1.9), 0.035, (30, 30, 32))
    canvas.pane(0, 1.0, 1.75, (0.3, 0.28), (246, 240, 220))
    canvas.write((0, 1.2, 1.74), "PQS 10 kg", 0.05, INK)
    canvas.write((0, 1.08, 1.74), words[1], 0.042, (30, 90, 50) if mood != "late" else (190, 40, 34))
