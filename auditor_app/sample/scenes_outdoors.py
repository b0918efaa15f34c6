"""Painters of what an auditor photographs outside: stacks, fences, ponds, slag, gates and signs in the desert."""

from collections.abc import Sequence

from auditor_app.sample.canvas import INK, WHITE, Canvas, Colour, mixed, toned

SKIES: dict[str, tuple[Colour, Colour]] = {
    "day": ((62, 122, 190), (196, 216, 230)),
    "morning": ((96, 140, 190), (238, 214, 186)),
    "dusk": ((52, 58, 104), (236, 150, 96)),
    "night": ((8, 10, 20), (26, 30, 46)),
}
_SAND_FAR, _SAND_NEAR = (206, 176, 138), (168, 132, 96)


def desert(canvas: Canvas, mood: str) -> None:
    """Paint sky, far ranges and sand; every outdoor picture starts with it."""
    top, low = SKIES.get(mood, SKIES["day"])
    canvas.backdrop(top, low)
    light = {"night": 0.16, "dusk": 0.62}.get(mood, 1.0)
    for layer, colour in enumerate(((150, 140, 158), (160, 128, 112), (148, 112, 88))):
        _ridge(canvas, 3.0 - layer, toned(mixed(colour, low, 0.45 - layer * 0.18), light))
    canvas.ground(toned(_SAND_FAR, light), toned(_SAND_NEAR, light))
    canvas.grit((0, canvas.skyline, canvas.width, canvas.height), 14 if light > 0.5 else 6, (14, 5))
    for _stone in range(70):
        z = canvas.random.uniform(3, 26)
        canvas.plate(canvas.random.uniform(-z * 0.6, z * 0.6), 0, z, canvas.random.uniform(0.02, 0.09), toned(_SAND_NEAR, light * 0.74))


def _ridge(canvas: Canvas, height: float, colour: Colour) -> None:
    peaks, x, y = [(-90.0, 0.0, 100.0)], -90.0, height * 2.0
    while x < 90:
        y = max(1.2, min(height * 4, y + canvas.random.uniform(-1.6, 1.6)))
        peaks.append((x, canvas.eye + y, 100.0))
        x += canvas.random.uniform(3, 8)
    canvas.face([*peaks, (90, 0, 100)], colour)


def stack(canvas: Canvas, words: Sequence[str], mood: str) -> None:
    """Paint the acid plant: absorption towers, pipe bridge and the stack with its plume. Words: plume ("clear" or "white")."""
    canvas.look(1.7, 0.84, zoom=0.72)
    desert(canvas, mood)
    light = 0.62 if mood == "dusk" else 1.0
    _tall_stack(canvas, light)
    for x, height in ((-20, 17.0), (-12, 21.0), (-4.5, 15.0)):
        _tower(canvas, x, height, light)
    canvas.box(0, 5.2, 50, (60, 0.9, 1.4), toned((148, 152, 156), light))
    for x in range(-28, 30, 7):
        canvas.box(x, 0, 50, (0.5, 5.4, 0.5), toned((120, 92, 70), light))
    canvas.box(19, 0, 46, (15, 8, 12), toned((178, 180, 176), light))
    for x in (13.8, 17.2, 20.6, 24):
        canvas.pane(x, 4.6, 45.9, (2.0, 1.4), toned((70, 86, 98), light))
    _plume(canvas, "clear" in words, mood)


def _tall_stack(canvas: Canvas, light: float) -> None:
    for number in range(12):
        colour = (206, 84, 62) if number >= 8 and number % 2 else (214, 210, 202)
        canvas.drum(9, number * 4.0, 62, 2.3 - number * 0.085, 4.05, toned(colour, light))
    for height in (20, 36):
        canvas.box(9, height, 59.6, (5.6, 0.3, 1.0), toned((92, 94, 98), light))


def _tower(canvas: Canvas, x: float, height: float, light: float) -> None:
    canvas.drum(x, 0, 56, 2.9, height, toned((196, 190, 172), light))
    for level in range(4, int(height), 5):
        canvas.pane(x, level, 53, (6.0, 0.24), toned((110, 104, 92), light))
    canvas.drum(x, height, 56, 0.8, 2.0, toned((160, 160, 156), light))


def _plume(canvas: Canvas, clear: bool, mood: str) -> None:
    colour = {"dusk": (250, 206, 170)}.get(mood, (246, 246, 246))
    for step in range(8 if clear else 34):
        centre = canvas.at(9 + step * 1.15, 49 + step * 0.42 + canvas.random.uniform(-0.5, 0.5), 62)
        canvas.glow(centre, canvas.pixels(1.4 + step * 0.2, 62) * 1.7, colour, 0.16 if clear else 0.5 * (1 - step / 40))


def fence(canvas: Canvas, words: Sequence[str], mood: str) -> None:
    """Paint the fence line, with a sign or a monitoring station. Words: "station" or the sign's lines."""
    desert(canvas, mood)
    light = 0.2 if mood == "night" else 1.0
    for number in range(13, 0, -1):
        x = -7.5 + number * 0.85
        z = 3.0 + number * 1.9
        canvas.box(x, 0, z, (0.09, 2.3, 0.09), toned((150, 152, 150), light))
        _mesh(canvas, x, z, toned((176, 178, 176), light))
    if "station" in words:
        _station(canvas, light)
    else:
        sign_board(canvas, 1.7, 0.9, 5.2, words, (236, 190, 40))


def _mesh(canvas: Canvas, x: float, z: float, colour: Colour) -> None:
    for level in range(12):
        canvas.edge((x, 0.2 + level * 0.18, z), (x - 0.85, 0.2 + level * 0.18, z - 1.9), 0.012, colour)
    for step in range(1, 8):
        share = step / 8
        canvas.edge((x - 0.85 * share, 0.2, z - 1.9 * share), (x - 0.85 * share, 2.18, z - 1.9 * share), 0.012, colour)


def _station(canvas: Canvas, light: float) -> None:
    canvas.shadow([(0.9, 0, 6), (3.0, 0, 6), (4.8, 0, 7.6), (2.6, 0, 7.8)])
    canvas.box(1.9, 0.1, 6, (1.9, 2.0, 1.5), toned((226, 226, 220), light))
    canvas.pane(1.45, 0.2, 5.99, (0.72, 1.6), toned((196, 198, 196), light))
    canvas.box(1.5, 2.1, 6.4, (0.05, 0.9, 0.05), (90, 92, 96))
    canvas.drum(1.5, 3.0, 6.4, 0.16, 0.12, (200, 200, 200))
    canvas.box(2.5, 2.1, 6.4, (0.06, 0.7, 0.06), (120, 122, 126))
    canvas.drum(2.5, 2.75, 6.4, 0.2, 0.2, (236, 236, 236))
    canvas.pane(2.3, 1.0, 5.99, (0.7, 0.46), (20, 92, 120))
    canvas.write((2.3, 1.32, 5.98), "SO2  PM10", 0.1, WHITE)
    canvas.write((2.3, 1.13, 5.98), "EST-04", 0.1, WHITE)


def sign_board(canvas: Canvas, x: float, y: float, z: float, words: Sequence[str], colour: Colour) -> None:
    """Paint a board on two posts with one line per word."""
    wide, high = 1.9, 0.34 + 0.24 * len(words)
    canvas.shadow([(x - 0.9, 0, z), (x + 0.9, 0, z), (x + 1.9, 0, z + 0.8), (x, 0, z + 0.8)], 0.4)
    for side in (-0.7, 0.7):
        canvas.box(x + side, 0, z + 0.05, (0.07, y + high, 0.05), (122, 122, 120))
    canvas.pane(x, y, z, (wide, high), toned(colour, 0.6), round_by=0.05)
    canvas.pane(x, y + 0.03, z, (wide - 0.06, high - 0.06), colour, round_by=0.04)
    ink = INK if sum(colour) > 380 else WHITE
    for number, line in enumerate(words):
        canvas.write((x, y + high - 0.28 - number * 0.24, z - 0.01), line, 0.17 if len(line) < 17 else 0.12, ink)


def muster(canvas: Canvas, words: Sequence[str], mood: str) -> None:
    """Paint the muster point: green sign with arrows and people, on marked ground. Words: the sign's lines."""
    canvas.look(1.6, 0.5)
    desert(canvas, mood)
    light = 0.3 if mood == "night" else 1.0
    canvas.box(-5.5, 0, 16, (9, 4.2, 6), toned((186, 188, 184), light))
    for x in (-8.4, -6.2, -4.0):
        canvas.pane(x, 1.6, 15.9, (1.3, 1.1), (250, 226, 160) if mood == "night" else (86, 104, 118))
    canvas.face([(-2.4, 0.01, 5), (2.8, 0.01, 5), (3.4, 0.01, 11), (-2.6, 0.01, 11)], toned((120, 122, 118), light))
    for edge in (-2.3, 2.7):
        canvas.edge((edge, 0.02, 5), (edge * 1.15, 0.02, 11), 0.09, toned((236, 204, 60), light))
    canvas.box(0.4, 0, 4.6, (0.1, 2.7, 0.08), toned((140, 142, 144), light))
    green = toned((16, 128, 76), max(light, 0.55))
    canvas.pane(0.4, 1.35, 4.55, (1.5, 1.75), WHITE, round_by=0.05)
    canvas.pane(0.4, 1.39, 4.54, (1.42, 1.67), green, round_by=0.04)
    _people(canvas, 0.4, 2.3, 4.53)
    for number, line in enumerate(words):
        canvas.write((0.4, 1.86 - number * 0.22, 4.52), line, 0.15, WHITE)
    if mood == "night":
        canvas.glow(canvas.at(0.4, 2.6, 4.5), canvas.width * 0.28, (255, 236, 190), 0.4)


def _people(canvas: Canvas, x: float, y: float, z: float) -> None:
    for shift, size in ((-0.2, 0.8), (0.2, 0.8), (0.0, 1.0)):
        canvas.disc(x + shift, y + 0.34 * size, z, 0.085 * size, WHITE)
        canvas.pane(x + shift, y, z, (0.2 * size, 0.24 * size), WHITE, round_by=0.07)
    for turn in (-1, 1):
        tip, foot = x + turn * 0.38, x + turn * 0.62
        canvas.face([(tip, y + 0.18, z), (foot, y + 0.32, z), (foot, y + 0.04, z)], WHITE)


def pond(canvas: Canvas, words: Sequence[str], mood: str) -> None:
    """Paint the lined effluent pond with its pump raft. Words: the sign's lines."""
    canvas.look(3.2, 0.34)
    desert(canvas, mood)
    canvas.face([(-9, 0.05, 5.5), (7, 0.05, 5.5), (12, 0.05, 30), (-16, 0.05, 30)], (40, 42, 46))
    canvas.face([(-7.6, 0, 7), (5.8, 0, 7), (9.6, 0, 27), (-13, 0, 27)], (62, 128, 138))
    canvas.face([(-8.6, 0, 11), (6.8, 0, 11), (9.6, 0, 27), (-13, 0, 27)], (96, 156, 168))
    for _ripple in range(90):
        z = canvas.random.uniform(7.5, 26)
        x = canvas.random.uniform(-0.36 * z - 4.2, 0.26 * z + 3.0)
        canvas.edge((x, 0.01, z), (x + canvas.random.uniform(0.3, 1.1), 0.01, z), 0.02, (132, 184, 194))
    canvas.box(2.2, 0.02, 13, (2.0, 0.3, 1.6), (212, 128, 40))
    canvas.drum(2.2, 0.32, 13.6, 0.4, 0.9, (70, 90, 140))
    canvas.edge((3.0, 0.5, 13.4), (9.5, 0.6, 17), 0.16, (52, 54, 58))
    sign_board(canvas, -1.75, 0.6, 5.6, words, (30, 84, 150))


def slag(canvas: Canvas, words: Sequence[str], mood: str) -> None:
    """Paint heaps of slag or pale residue with a loader. Words: colour ("slag", "gypsum"), then the sign's lines."""
    canvas.look(1.8, 0.42)
    desert(canvas, mood)
    colour: Colour = (64, 60, 66) if words[0] == "slag" else (214, 206, 188)
    for x, z, size in ((-9.0, 30.0, 8.0), (5.0, 26.0, 7.0), (-2.0, 19.0, 4.4)):
        _heap(canvas, x, z, size, colour)
    canvas.shadow([(1.9, 0, 10), (5.5, 0, 10), (6.9, 0, 12), (3, 0, 12)])
    canvas.box(3.5, 0.7, 10.4, (2.6, 0.9, 1.6), (232, 172, 34))
    canvas.box(4.1, 1.6, 10.6, (1.1, 1.2, 1.3), (60, 74, 84))
    canvas.box(1.6, 0.2, 10.4, (1.0, 0.9, 1.7), (200, 146, 30))
    for wheel in (2.7, 4.4):
        canvas.disc(wheel, 0.6, 10.2, 0.62, (30, 30, 32))
        canvas.disc(wheel, 0.6, 10.19, 0.26, (210, 160, 40))
    sign_board(canvas, -2.0, 0.5, 6, words[1:], (236, 236, 230))


def _heap(canvas: Canvas, x: float, z: float, size: float, colour: Colour) -> None:
    crown = [
        (x + size * share * 1.7 - size * 0.85, size * 0.62 * (1 - abs(share * 2 - 1) ** 1.5), z) for share in (n / 14 for n in range(15))
    ]
    canvas.face([(x - size * 1.1, 0, z), *crown, (x + size * 1.1, 0, z)], colour)
    middle = len(crown) // 2
    canvas.face([crown[middle], *crown[middle + 1 :], (x + size * 1.1, 0, z), (x + size * 0.2, 0, z)], toned(colour, 0.68))
    left, top = canvas.at(x - size, size * 0.55, z)
    right, foot = canvas.at(x + size, 0.02, z)
    canvas.grit((left, top, right, foot), 12, (4, 4))
