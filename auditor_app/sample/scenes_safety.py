"""Painters of what an auditor photographs close up: safety gear, signs, gauges, displays and screens."""

from collections.abc import Sequence
from math import cos, pi, radians, sin

from auditor_app.sample.canvas import INK, WHITE, Canvas, Colour, toned
from auditor_app.sample.scenes_plant import hall

_GREEN: Colour = (18, 132, 78)


def wall(canvas: Canvas, colour: Colour) -> None:
    """Paint a plain wall two metres away, lit from the upper left."""
    canvas.look(1.5, 0.5)
    canvas.blend((0, 0, canvas.width, canvas.height), toned(colour, 1.06), toned(colour, 0.8))
    canvas.grit((0, 0, canvas.width, canvas.height), 8, (9, 9))
    canvas.glow((canvas.width * 0.28, canvas.height * 0.2), canvas.width * 0.5, (255, 252, 240), 0.3)


def eyewash(canvas: Canvas, words: Sequence[str], mood: str) -> None:
    """Paint an emergency shower and eyewash; mood "dry" leaves it without water. Words: station, tag's date."""
    canvas.look(1.6, 0.42, zoom=1.5)
    hall(canvas, (196, 198, 190), (132, 132, 126), depth=13, width=6, height=5.5)
    canvas.face([(-1.0, 0.01, 4.2), (1.0, 0.01, 4.2), (1.3, 0.01, 6.6), (-1.3, 0.01, 6.6)], (40, 150, 96))
    canvas.shadow([(-0.4, 0, 5), (0.5, 0, 5), (1.7, 0, 6), (0.6, 0, 6)], 0.5)
    canvas.box(0, 0, 5.2, (0.1, 2.6, 0.1), _GREEN)
    canvas.box(0.3, 2.5, 5.1, (0.75, 0.09, 0.09), _GREEN)
    canvas.drum(0.62, 2.32, 5.0, 0.2, 0.12, (238, 200, 40))
    canvas.edge((0.3, 2.5, 5.0), (0.3, 1.9, 5.0), 0.02, INK)
    canvas.disc(0.3, 1.82, 5.0, 0.1, (214, 60, 44))
    canvas.drum(0, 1.0, 4.95, 0.36, 0.16, (238, 200, 40))
    canvas.plate(0, 1.16, 4.95, 0.31, (196, 206, 206))
    if mood != "dry":
        _jets(canvas)
    canvas.pane(-1.35, 1.75, 6.5, (1.1, 1.1), _GREEN, round_by=0.05)
    _drops(canvas)
    canvas.write((-1.35, 1.9, 6.4), words[0], 0.16, WHITE)
    _tag(canvas, 0.24, 0.62, 4.85, words[1], worn=mood == "dry")


def _jets(canvas: Canvas) -> None:
    for side in (-1, 1):
        for step in range(12):
            share = step / 11
            x, y = side * (0.2 - 0.17 * share), 1.18 + 0.34 * sin(share * pi * 0.75)
            canvas.glow(canvas.at(x, y, 4.9), canvas.pixels(0.05, 4.9), (232, 244, 250), 0.95)


def _drops(canvas: Canvas) -> None:
    canvas.disc(-1.35, 2.42, 6.45, 0.17, WHITE)
    canvas.disc(-1.35, 2.42, 6.44, 0.09, _GREEN)
    for x in (-1.6, -1.48, -1.22, -1.1):
        canvas.disc(x, 2.16, 6.44, 0.04, WHITE)


def _tag(canvas: Canvas, x: float, y: float, z: float, date: str, *, worn: bool) -> None:
    canvas.edge((x, y + 0.5, z), (x, y + 0.34, z), 0.008, INK)
    canvas.pane(x, y, z, (0.3, 0.36), (196, 190, 168) if worn else (250, 222, 70), round_by=0.02)
    canvas.write((x, y + 0.26, z - 0.01), "PRÓXIMA REV.", 0.034, INK)
    canvas.write((x, y + 0.13, z - 0.01), date, 0.075, (170, 40, 32) if worn else INK)


def sign(canvas: Canvas, words: Sequence[str], mood: str) -> None:
    """Paint a safety sign on the wall; mood is its kind: warning, mandatory, notice or door. Words: its lines."""
    wall(canvas, (186, 184, 174))
    if mood == "door":
        _door(canvas)
    colour = {"warning": (240, 196, 32), "mandatory": (24, 92, 170), "door": (108, 62, 132)}.get(mood, _GREEN)
    canvas.shadow([(-0.58, 0.86, 2), (0.66, 0.86, 2), (0.66, 2.0, 2), (-0.58, 2.0, 2)], 0.4)
    canvas.pane(0, 0.9, 2, (1.24, 1.14), WHITE, round_by=0.03)
    canvas.pane(0, 0.92, 1.995, (1.2, 0.32 + 0.02 * len(words)), colour, round_by=0.03)
    _symbol(canvas, mood, colour)
    ink = INK if mood == "warning" else WHITE
    for number, line in enumerate(words):
        canvas.write((0, 1.2 - 0.11 * number - 0.04 * (2 - len(words)), 1.99), line, min(0.1, 1.5 / len(line)), ink)
    for x in (-0.57, 0.57):
        canvas.disc(x, 1.99, 1.98, 0.014, (130, 130, 128))


def _door(canvas: Canvas) -> None:
    canvas.pane(0.2, -0.4, 2.05, (2.0, 3.2), (150, 160, 166))
    canvas.pane(0.2, -0.4, 2.04, (1.9, 3.1), (206, 208, 202))
    canvas.pane(0.98, 1.0, 2.03, (0.1, 0.3), (120, 122, 124), round_by=0.03)


def _symbol(canvas: Canvas, mood: str, colour: Colour) -> None:
    x, y, z = 0.0, 1.66, 1.985
    if mood == "warning":
        canvas.face([(x, y + 0.3, z), (x + 0.34, y - 0.28, z), (x - 0.34, y - 0.28, z)], INK)
        canvas.face([(x, y + 0.22, z), (x + 0.27, y - 0.24, z), (x - 0.27, y - 0.24, z)], colour)
        canvas.write((x, y - 0.08, z), "!", 0.36, INK)
        return
    canvas.disc(x, y, z, 0.29, colour)
    if mood == "mandatory":
        canvas.disc(x, y + 0.02, z, 0.15, WHITE)
        canvas.pane(x, y - 0.2, z, (0.26, 0.2), WHITE, round_by=0.05)
        for side in (-0.08, 0.08):
            canvas.disc(x + side, y + 0.05, z, 0.05, colour)
        canvas.disc(x, y - 0.11, z, 0.06, (140, 170, 210))
    else:
        canvas.disc(x, y + 0.13, z, 0.07, WHITE)
        canvas.pane(x, y - 0.2, z, (0.2, 0.26), WHITE, round_by=0.07)


def gauge(canvas: Canvas, words: Sequence[str], mood: str) -> None:
    """Paint a dial gauge on a pipe. Words: unit, tag, reading as a share of 0 to 1; mood "high" adds a red limit."""
    wall(canvas, (150, 162, 164))
    left, top = canvas.at(-2, 0.84, 2)
    right, foot = canvas.at(2, 0.46, 2)
    canvas.blend((left, top, right, foot), (206, 210, 210), (84, 92, 96))
    canvas.pane(0, 0.7, 2, (0.16, 0.4), (166, 142, 82))
    canvas.shadow([(-0.44, 1.0, 2), (0.62, 0.96, 2), (0.62, 2.0, 2), (-0.44, 2.0, 2)], 0.4)
    canvas.disc(0, 1.52, 2, 0.56, (64, 68, 72))
    canvas.disc(0, 1.52, 1.995, 0.52, (206, 208, 208))
    canvas.disc(0, 1.52, 1.99, 0.48, (250, 250, 244))
    for mark in range(51):
        _tick(canvas, mark / 50, long=mark % 5 == 0, red=mood == "high" and mark > 38)
    canvas.write((0, 1.68, 1.98), words[0], 0.09, INK, bold=False)
    canvas.write((0, 1.26, 1.98), words[1], 0.06, INK)
    angle = radians(225 - 270 * float(words[2]))
    canvas.edge((-0.1 * cos(angle), 1.52 - 0.1 * sin(angle), 1.97), (0.4 * cos(angle), 1.52 + 0.4 * sin(angle), 1.97), 0.022, (196, 40, 32))
    canvas.disc(0, 1.52, 1.96, 0.045, INK)
    canvas.glow(canvas.at(-0.2, 1.75, 1.9), canvas.pixels(0.4, 1.9), WHITE, 0.24)


def _tick(canvas: Canvas, share: float, *, long: bool, red: bool) -> None:
    angle = radians(225 - 270 * share)
    inner = 0.37 if long else 0.41
    start = (inner * cos(angle), 1.52 + inner * sin(angle), 1.985)
    canvas.edge(start, (0.45 * cos(angle), 1.52 + 0.45 * sin(angle), 1.985), 0.014 if long else 0.007, (206, 40, 34) if red else INK)
    if long:
        canvas.write((0.29 * cos(angle), 1.52 + 0.29 * sin(angle), 1.985), str(round(share * 10)), 0.062, INK)


def meter(canvas: Canvas, words: Sequence[str], _mood: str) -> None:
    """Paint an instrument with a lit display. Words: reading, unit, tag plate."""
    wall(canvas, (170, 176, 176))
    canvas.shadow([(-0.62, 0.9, 2), (0.8, 0.86, 2), (0.8, 2.1, 2), (-0.6, 2.1, 2)], 0.45)
    for x in (-0.3, 0.3):
        canvas.pane(x, -0.4, 2, (0.07, 1.5), (72, 76, 80))
    canvas.pane(0, 0.95, 1.99, (1.3, 1.15), (72, 86, 98), round_by=0.05)
    canvas.pane(0, 0.98, 1.985, (1.24, 1.09), (196, 202, 206), round_by=0.04)
    canvas.pane(0, 1.42, 1.98, (1.04, 0.5), (20, 30, 26), round_by=0.02)
    canvas.write((-0.02, 1.69, 1.975), words[0], min(0.28, 1.4 / len(words[0])), (120, 240, 150))
    canvas.write((0.48, 1.49, 1.975), words[1], 0.085, (120, 240, 150), anchor="rm")
    canvas.pane(0, 1.26, 1.98, (0.8, 0.1), WHITE)
    canvas.write((0, 1.31, 1.975), words[2], 0.07, INK)
    for number, colour in enumerate(((206, 60, 48), (232, 190, 44), (60, 160, 90), (90, 96, 104))):
        canvas.disc(-0.36 + number * 0.24, 1.12, 1.975, 0.06, toned(colour, 0.6))
        canvas.disc(-0.36 + number * 0.24, 1.125, 1.97, 0.05, colour)
    canvas.glow(canvas.at(0, 1.66, 1.97), canvas.pixels(0.6, 2), (120, 240, 150), 0.1)
