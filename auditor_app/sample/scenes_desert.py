"""Painters of what lies around the plant: gate, solar field, heritage site, trees and the weighbridge."""

from collections.abc import Sequence

from auditor_app.sample.canvas import WHITE, Canvas, toned
from auditor_app.sample.scenes_outdoors import desert, sign_board


def gate(canvas: Canvas, words: Sequence[str], mood: str) -> None:
    """Paint the gatehouse with its barrier. Words: the gatehouse's name, then the sign's lines."""
    desert(canvas, mood)
    canvas.face([(-1.9, 0.01, 2.5), (3.2, 0.01, 2.5), (4, 0.01, 60), (1, 0.01, 60)], (92, 92, 94))
    canvas.shadow([(-5, 0, 9), (-1.8, 0, 9), (-0.4, 0, 11), (-4, 0, 12)])
    canvas.box(-3.3, 0, 9, (3.0, 2.9, 3.2), (226, 222, 212))
    canvas.box(-3.3, 2.9, 8.6, (3.6, 0.3, 4), (150, 70, 50))
    canvas.pane(-3.7, 1.1, 8.98, (1.5, 1.1), (72, 98, 116))
    canvas.pane(-2.3, 0, 8.98, (0.7, 2.1), (120, 122, 120))
    canvas.write((-3.3, 3.05, 8.55), words[0], 0.2, WHITE)
    canvas.box(-1.5, 0, 8.6, (0.34, 1.1, 0.34), (236, 190, 40))
    for number in range(10):
        colour = (206, 60, 48) if number % 2 else WHITE
        canvas.box(-1.1 + number * 0.5, 0.92, 8.6, (0.5, 0.12, 0.08), colour)
    sign_board(canvas, 2.7, 0.8, 7.2, words[1:], (30, 84, 150))


def solar(canvas: Canvas, words: Sequence[str], mood: str) -> None:
    """Paint rows of solar panels. Words: the sign's lines."""
    canvas.look(2.4, 0.36)
    desert(canvas, mood)
    for row in range(9, 0, -1):
        z = 3.6 + row * 2.1
        for number in range(-7, 8):
            x = number * 1.9 + 1.2
            canvas.edge((x, 0, z + 0.6), (x, 0.9, z + 0.6), 0.08, (130, 130, 132))
            canvas.face([(x - 0.9, 0.55, z), (x + 0.9, 0.55, z), (x + 0.9, 1.5, z + 1.1), (x - 0.9, 1.5, z + 1.1)], (28, 46, 92))
            canvas.face(
                [(x - 0.9, 1.1, z + 0.64), (x + 0.9, 1.1, z + 0.64), (x + 0.9, 1.5, z + 1.1), (x - 0.9, 1.5, z + 1.1)], (60, 86, 140)
            )
            for cell in range(-2, 3):
                canvas.edge((x + cell * 0.3, 0.55, z), (x + cell * 0.3, 1.5, z + 1.1), 0.014, (150, 166, 196))
    sign_board(canvas, -1.35, 0.3, 4.4, words, (244, 244, 240))


def heritage(canvas: Canvas, words: Sequence[str], mood: str) -> None:
    """Paint a ring of old stone walls inside a low rope fence. Words: the sign's lines."""
    canvas.look(2.0, 0.38)
    desert(canvas, mood)
    for number in range(46):
        z = 12.5 - 4.5 * abs(number / 23 - 1)
        x = (number / 23 - 1) * 4.2
        size = canvas.random.uniform(0.22, 0.44)
        canvas.box(x, 0, z, (size, size * canvas.random.uniform(0.8, 1.8), size), toned((158, 124, 96), canvas.random.uniform(0.8, 1.1)))
    for post in range(8):
        x = -4.6 + post * 1.3
        canvas.box(x, 0, 6.6, (0.07, 0.95, 0.07), (126, 88, 54))
        for level in (0.45, 0.85):
            canvas.edge((x, level, 6.6), (x + 1.3, level - 0.02, 6.6), 0.022, (226, 214, 186))
    sign_board(canvas, 1.8, 0.7, 5.4, words, (112, 66, 40))


def trees(canvas: Canvas, words: Sequence[str], mood: str) -> None:
    """Paint a plot of young tamarugo trees with drip lines. Words: the sign's lines."""
    desert(canvas, mood)
    for row in range(6, 0, -1):
        z = 4.5 + row * 2.2
        canvas.edge((-20, 0.02, z), (20, 0.02, z), 0.03, (40, 40, 42))
        for number in range(-5, 6):
            x = number * 2.1 + canvas.random.uniform(-0.2, 0.2)
            canvas.plate(x, 0, z, 0.5, (132, 102, 72))
            canvas.edge((x, 0, z), (x, 0.8, z), 0.07, (96, 72, 50))
            for _leaf in range(9):
                green = toned((96, 122, 62), canvas.random.uniform(0.75, 1.25))
                canvas.disc(
                    x + canvas.random.uniform(-0.4, 0.4),
                    1.0 + canvas.random.uniform(-0.2, 0.55),
                    z,
                    canvas.random.uniform(0.14, 0.3),
                    green,
                )
    sign_board(canvas, -1.4, 0.5, 4.6, words, (40, 110, 62))


def weighbridge(canvas: Canvas, words: Sequence[str], mood: str) -> None:
    """Paint a lorry on the weighbridge and the display. Words: the weight shown, the lorry's plate."""
    canvas.look(1.7, 0.5)
    desert(canvas, mood)
    canvas.face([(-7, 0.03, 8), (6, 0.03, 8), (6.6, 0.03, 12), (-8, 0.03, 12)], (120, 122, 122))
    canvas.shadow([(-6, 0, 8.6), (3.4, 0, 8.6), (3.4, 0, 9.6), (-6, 0, 9.6)], 0.6)
    canvas.box(-2.6, 1.1, 9, (6.2, 1.9, 2.4), (176, 92, 54))
    for rib in range(9):
        canvas.pane(-5.5 + rib * 0.74, 1.1, 8.99, (0.08, 1.9), (136, 66, 38))
    canvas.box(1.9, 0.8, 9, (2.1, 2.5, 2.4), (222, 224, 226))
    canvas.pane(2.2, 1.9, 8.98, (1.0, 0.9), (58, 78, 92))
    for x in (-4.9, -3.7, -0.6, 1.6):
        canvas.disc(x, 0.52, 8.9, 0.5, (28, 28, 30))
        canvas.disc(x, 0.52, 8.89, 0.24, (168, 168, 170))
    canvas.pane(2.4, 0.86, 8.96, (0.72, 0.2), WHITE)
    canvas.write((2.4, 0.96, 8.95), words[1], 0.13, (20, 20, 24))
    _display(canvas, words[0])


def _display(canvas: Canvas, weight: str) -> None:
    canvas.box(1.3, 0, 4.2, (0.09, 0.9, 0.08), (120, 122, 126))
    canvas.box(1.3, 0.86, 4.1, (1.5, 0.66, 0.2), (52, 54, 58))
    canvas.pane(1.3, 0.96, 4.08, (1.34, 0.46), (12, 10, 10))
    canvas.write((1.26, 1.21, 4.07), weight, 0.28, (255, 74, 42))
    canvas.write((1.86, 1.04, 4.07), "kg", 0.1, (255, 74, 42))
    canvas.glow(canvas.at(1.3, 1.2, 4.07), canvas.pixels(0.9, 4.07), (255, 80, 50), 0.12)
