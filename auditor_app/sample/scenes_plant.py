"""Painters of the plant's inside: tankhouse, converter aisle, casting wheel, sheds, drums and safety gear."""

from collections.abc import Sequence

from auditor_app.sample.canvas import INK, WHITE, Canvas, Colour, mixed, toned

_COPPER: Colour = (196, 112, 70)
_STEEL: Colour = (128, 136, 142)


def hall(canvas: Canvas, wall: Colour, floor: Colour, *, depth: float = 26, width: float = 11, height: float = 9) -> None:
    """Paint an industrial hall: floor slabs, back and side walls with ribs, roof beams and skylights."""
    canvas.ground(toned(floor, 0.9), toned(floor, 1.06), joints=2.5)
    canvas.blend((0, 0, canvas.width, canvas.skyline + canvas.pixels(canvas.eye, depth)), toned(wall, 0.5), toned(wall, 0.9))
    canvas.face([(-width, 0, depth), (width, 0, depth), (width, height, depth), (-width, height, depth)], wall)
    for side in (-width, width):
        shade = toned(wall, 0.82 if side < 0 else 0.7)
        canvas.face([(side, 0, 1), (side, 0, depth), (side, height, depth), (side, height, 1)], shade)
        for rib in range(2, int(depth), 2):
            canvas.edge((side, 0, rib), (side, height, rib), 0.12, toned(shade, 0.86))
    canvas.face([(-width, height, 1), (width, height, 1), (width, height, depth), (-width, height, depth)], toned(wall, 0.42))
    for beam in range(int(depth), 3, -4):
        canvas.box(0, height - 0.5, beam, (width * 2, 0.4, 0.4), toned(_STEEL, 0.7))
        if beam < depth - 2:
            canvas.face([(-2.4, height, beam), (2.4, height, beam), (2.4, height, beam + 2), (-2.4, height, beam + 2)], (214, 226, 232))
    canvas.glow(canvas.at(0, height * 0.7, depth), canvas.width * 0.4, (255, 250, 236), 0.2)
    canvas.grit((0, round(canvas.skyline), canvas.width, canvas.height), 9, (6, 3))


def tankhouse(canvas: Canvas, words: Sequence[str], mood: str) -> None:
    """Paint rows of electrolysis cells. Words: bay name, then "lift" for a crane with a load of cathodes."""
    canvas.look(2.6, 0.4)
    hall(canvas, (168, 180, 176), (112, 108, 100), depth=34, height=10)
    for z in range(27, 3, -2):
        for side in (-1, 1):
            _cell(canvas, side, float(z))
    canvas.box(0, 7.6, 18, (21, 0.7, 1.2), (232, 178, 40))
    if "lift" in words:
        _cathodes(canvas)
    canvas.pane(0, 6.2, 20, (4.4, 0.9), (24, 82, 132), round_by=0.06)
    canvas.write((0, 6.65, 19.9), words[0], 0.6, WHITE)
    if mood == "mist":
        for _puff in range(26):
            spot = canvas.at(canvas.random.uniform(-8, 8), canvas.random.uniform(1.0, 3.2), canvas.random.uniform(8, 20))
            canvas.glow(spot, canvas.width * 0.12, (226, 232, 222), 0.2)


def _cell(canvas: Canvas, side: int, z: float) -> None:
    x = side * 5.2
    canvas.box(x, 0, z, (7.4, 1.15, 1.5), (96, 104, 104))
    canvas.face(
        [(x - 3.5, 1.17, z + 0.15), (x + 3.5, 1.17, z + 0.15), (x + 3.5, 1.17, z + 1.35), (x - 3.5, 1.17, z + 1.35)], (42, 104, 138)
    )
    for number in range(23):
        bar = x - 3.4 + number * 0.31
        canvas.edge((bar, 1.24, z + 0.05), (bar, 1.24, z + 1.45), 0.09, toned(_COPPER, 0.8 + 0.4 * (number % 2)))
    canvas.box(x, 1.16, z - 0.05, (7.4, 0.1, 0.12), (206, 142, 84))


def _cathodes(canvas: Canvas) -> None:
    canvas.edge((-0.9, 7.6, 12), (-0.9, 4.0, 12), 0.05, INK)
    canvas.edge((0.9, 7.6, 12), (0.9, 4.0, 12), 0.05, INK)
    canvas.box(0, 3.8, 12, (3.0, 0.25, 0.4), (232, 178, 40))
    for number in range(10):
        x = -1.35 + number * 0.3
        canvas.box(x, 2.35, 12, (0.2, 1.4, 0.9), mixed(_COPPER, (240, 176, 130), number % 2 * 0.5))


def converter(canvas: Canvas, words: Sequence[str], mood: str) -> None:
    """Paint the converter aisle with a glowing mouth; mood "haze" lets fume escape. Words: the converter's number."""
    canvas.look(1.8, 0.66, zoom=0.72)
    hall(canvas, (104, 92, 86), (84, 74, 68), depth=30, height=14)
    for x in (-4.7, 4.7):
        canvas.box(x, 0, 14, (7.4, 1.2, 5), (74, 70, 70))
        _vessel(canvas, x, hot=x < 0)
    canvas.box(-4.7, 7.6, 15, (5.6, 5.0, 3.0), (104, 100, 98))
    canvas.box(4.7, 7.6, 15, (5.6, 5.0, 3.0), (104, 100, 98))
    canvas.pane(4.7, 9.0, 14.9, (2.6, 1.3), (232, 190, 44), round_by=0.05)
    canvas.write((4.7, 9.65, 14.8), words[0], 0.72, INK)
    canvas.glow(canvas.at(-4.7, 6.6, 14), canvas.width * 0.26, (255, 150, 40), 0.66)
    canvas.glow(canvas.at(-4.7, 6.9, 14), canvas.width * 0.09, (255, 240, 180), 0.9)
    canvas.shadow([(-1, 0, 6), (1.6, 0, 6), (2.4, 0, 10), (-1, 0, 10)], 0.3)
    if mood == "haze":
        _fume(canvas)


def _vessel(canvas: Canvas, x: float, *, hot: bool) -> None:
    canvas.disc(x, 3.9, 14, 3.0, (84, 76, 72))
    canvas.disc(x, 3.9, 13.9, 2.7, (112, 92, 80))
    canvas.disc(x, 3.9, 13.8, 1.9, (86, 74, 68))
    canvas.box(x, 6.1, 14, (2.4, 1.0, 2.0), (255, 172, 66) if hot else (60, 54, 52))
    for side in (-1.9, 1.9):
        canvas.box(x + side, 0.5, 13.6, (0.7, 2.4, 0.7), (140, 120, 60))


def _fume(canvas: Canvas) -> None:
    for _puff in range(46):
        x, y = canvas.random.uniform(-10, 7), canvas.random.uniform(5.5, 13)
        canvas.glow(canvas.at(x, y, 16), canvas.width * canvas.random.uniform(0.08, 0.17), (212, 206, 186), 0.26)


def casting(canvas: Canvas, words: Sequence[str], _mood: str) -> None:
    """Paint the anode casting wheel with red hot anodes. Words: the sign over it."""
    canvas.look(3.4, 0.36)
    hall(canvas, (150, 138, 128), (112, 102, 94), depth=30, height=12)
    canvas.drum(0, 0, 13.5, 6.4, 0.9, (96, 92, 92))
    for number in range(14):
        share = number / 13
        heat = mixed((255, 176, 60), (150, 66, 46), share)
        x, z = -5.0 + share * 10.0, 9.2 + 2.0 * abs(share * 2 - 1) ** 2
        canvas.box(x, 0.92, z, (0.64, 0.16, 1.1), heat)
    canvas.glow(canvas.at(-4.6, 1.2, 10.6), canvas.width * 0.24, (255, 140, 40), 0.5)
    canvas.box(-5.4, 1.8, 15, (3.0, 1.5, 2.0), (120, 110, 104))
    canvas.face([(-5.2, 1.9, 14.8), (-4.8, 1.9, 14.8), (-4.9, 0.95, 11), (-5.0, 0.95, 11)], (255, 196, 80))
    canvas.box(0, 4.4, 16, (5.4, 0.9, 0.3), (24, 82, 132))
    canvas.write((0, 4.85, 15.9), words[0], 0.5, WHITE)


def shed(canvas: Canvas, words: Sequence[str], _mood: str) -> None:
    """Paint the receiving shed: heaps of concentrate, or bales of scrap when the first word is "scrap". Then one sign per heap."""
    canvas.look(1.9, 0.46, zoom=0.8)
    hall(canvas, (150, 152, 148), (120, 112, 102), depth=28, height=10)
    for number, name in enumerate(words[1:]):
        x = -5.0 + number * 5.4
        canvas.box(x - 2.8, 0, 12, (0.3, 3.2, 9), (160, 158, 152))
        _bales(canvas, x) if words[0] == "scrap" else _concentrate(canvas, x)
        canvas.pane(x, 3.5, 12.5, (3.8, 0.8), WHITE, round_by=0.04)
        canvas.write((x, 3.92, 12.4), name, 0.42, INK)


def _concentrate(canvas: Canvas, x: float) -> None:
    crown = [(x - 2.6 + share * 5.0, 2.4 * (1 - abs(share * 2 - 1) ** 1.4), 15.0) for share in (n / 12 for n in range(13))]
    canvas.face([(x - 2.8, 0, 14), *crown, (x + 2.6, 0, 14)], (88, 92, 70))
    canvas.face([crown[6], *crown[7:], (x + 2.6, 0, 14), (x + 0.5, 0, 14)], (64, 68, 52))
    left, top = canvas.at(x - 2.4, 2.2, 14)
    right, foot = canvas.at(x + 2.4, 0.05, 14)
    canvas.grit((left, top, right, foot), 10, (4, 4))


def _bales(canvas: Canvas, x: float) -> None:
    for level in range(3):
        for step in range(4 - level):
            middle, foot = x - 1.7 + step * 1.05 + level * 0.5, level * 0.72
            canvas.box(middle, foot, 13.5, (0.98, 0.7, 1.2), mixed(_COPPER, (122, 92, 60), canvas.random.random()))
            canvas.edge((middle - 0.45, foot + 0.35, 13.4), (middle + 0.45, foot + 0.35, 13.4), 0.03, INK)


def drums(canvas: Canvas, words: Sequence[str], mood: str) -> None:
    """Paint drums on pallets in a store; mood "faded" bleaches the labels, "cage" locks them in. Words: name and three label lines."""
    canvas.look(1.6, 0.44)
    hall(canvas, (176, 172, 160), (128, 124, 116), depth=16, width=7, height=5)
    canvas.pane(0, 3.0, 15.8, (5.6, 0.8), (232, 190, 44))
    canvas.write((0, 3.4, 15.7), words[0], 0.5, INK)
    colour: Colour = (52, 86, 148) if mood != "faded" else (96, 108, 122)
    for z in (9.6, 7.4, 5.2):
        for x in (-2.55, -1.5, -0.45, 0.6, 1.65, 2.7):
            canvas.box(x, 0, z - 0.45, (1.0, 0.14, 1.0), (166, 126, 82))
            canvas.drum(x, 0.14, z, 0.42, 1.2, toned(colour, canvas.random.uniform(0.85, 1.1)))
            for rib in (0.55, 0.95):
                canvas.pane(x, rib, z - 0.01, (0.86, 0.035), toned(colour, 0.6))
            _label(canvas, x, z - 0.42, words[1:], faded=mood == "faded")
    if mood == "cage":
        _cage(canvas)


def _label(canvas: Canvas, x: float, z: float, lines: Sequence[str], *, faded: bool) -> None:
    paper, ink = ((186, 184, 172), (158, 156, 146)) if faded else ((246, 244, 234), INK)
    canvas.pane(x, 0.6, z, (0.5, 0.42), paper)
    for number, line in enumerate(lines):
        canvas.write((x, 0.93 - number * 0.12, z - 0.01), line, 0.085, ink)
    canvas.pane(x - 0.19, 0.62, z - 0.02, (0.07, 0.07), paper if faded else (206, 50, 40))


def _cage(canvas: Canvas) -> None:
    for step in range(-14, 15):
        canvas.edge((step * 0.2, 0, 4.0), (step * 0.2, 3.2, 4.0), 0.016, (196, 198, 198))
    for level in range(16):
        canvas.edge((-3, level * 0.2, 4.0), (3, level * 0.2, 4.0), 0.016, (196, 198, 198))
    canvas.pane(0.6, 1.0, 3.95, (0.2, 0.24), (206, 162, 50), round_by=0.03)
    canvas.disc(0.6, 1.28, 3.95, 0.07, (150, 152, 154))
    canvas.pane(-0.5, 1.45, 3.94, (0.9, 0.34), (196, 44, 38), round_by=0.02)
    canvas.write((-0.5, 1.62, 3.93), "SELLO 004417", 0.1, WHITE)
