"""A small perspective canvas: metres in, a photograph-like picture out.

The eye stands at x = 0 and looks along z; x goes right, y goes up from the floor, z goes away from the eye, all in metres.
Everything is drawn larger than wanted and scaled down at the end, which smooths the edges.
"""

from collections.abc import Sequence
from functools import cache
from math import cos, radians, sin

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

from auditor_app.install_paths import resources
from auditor_app.sample.seeds import seeded

Colour = tuple[int, int, int]
Point = tuple[float, float]
Place = tuple[float, float, float]

WHITE, INK = (244, 244, 240), (34, 36, 40)
_OVERSIZE = 1.5


def toned(colour: Colour, factor: float) -> Colour:
    """Make a colour lighter (factor above 1) or darker."""
    red, green, blue = (max(0, min(255, round(part * factor))) for part in colour)
    return red, green, blue


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """Mix two colours; share is how much of the other one, 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    name = "NotoSans-Bold.ttf" if bold else "NotoSans-Regular.ttf"
    return ImageFont.truetype(str(resources() / "fonts" / name), size)


class Canvas:
    """One picture being drawn; `size` is the finished width and height in pixels."""

    def __init__(self, size: tuple[int, int], seed: int, *, eye: float = 1.6, horizon: float = 0.45) -> None:
        """Start a picture; `eye` is the eye's height in metres, `horizon` its line as a share of the height."""
        self.size = size
        self.width, self.height = round(size[0] * _OVERSIZE), round(size[1] * _OVERSIZE)
        self.random = seeded(seed)
        self.look(eye, horizon)
        self.image = Image.new("RGB", (self.width, self.height))
        self._pen = ImageDraw.Draw(self.image)

    def look(self, eye: float, horizon: float, zoom: float = 1.0) -> None:
        """Set the eye's height, the horizon and the lens."""
        self.eye, self.skyline = eye, horizon * self.height
        self._lens = max(self.width, self.height) * 0.9 * zoom

    def at(self, x: float, y: float, z: float) -> Point:
        """Project a place in metres to the picture."""
        return self.width / 2 + self._lens * x / z, self.skyline + self._lens * (self.eye - y) / z

    def pixels(self, metres: float, z: float) -> float:
        """Tell how long something looks at distance z."""
        return self._lens * metres / z

    # Flat shapes, given in metres.

    def face(self, corners: Sequence[Place], colour: Colour) -> None:
        """Fill a flat polygon."""
        self._pen.polygon([self.at(*corner) for corner in corners], fill=colour)

    def edge(self, start: Place, end: Place, thickness: float, colour: Colour) -> None:
        """Draw a bar of a thickness in metres, as it looks at its nearer end."""
        wide = max(1, round(self.pixels(thickness, min(start[2], end[2]))))
        self._pen.line([self.at(*start), self.at(*end)], fill=colour, width=wide)

    def pane(self, x: float, y: float, z: float, size: tuple[float, float], colour: Colour, *, round_by: float = 0.0) -> None:
        """Fill an upright rectangle that faces the eye; x is its middle, y its foot."""
        left, top = self.at(x - size[0] / 2, y + size[1], z)
        right, foot = self.at(x + size[0] / 2, y, z)
        self._pen.rounded_rectangle((left, top, right, foot), radius=self.pixels(round_by, z), fill=colour)

    def disc(self, x: float, y: float, z: float, radius: float, colour: Colour) -> None:
        """Fill an upright disc that faces the eye."""
        px, py = self.at(x, y, z)
        r = self.pixels(radius, z)
        self._pen.ellipse((px - r, py - r, px + r, py + r), fill=colour)

    def plate(self, x: float, y: float, z: float, radius: float, colour: Colour) -> None:
        """Fill a disc that lies flat, such as a drum's lid."""
        px, py = self.at(x, y, z)
        wide, flat = self.pixels(radius, z), self.pixels(radius, z) * max(0.03, abs(self.eye - y) / z)
        self._pen.ellipse((px - wide, py - flat, px + wide, py + flat), fill=colour)

    # Bodies.

    def box(self, x: float, y: float, z: float, size: Place, colour: Colour) -> None:
        """Draw a block: x is its middle, y its foot, z its near face; size is width, height, depth."""
        left, right, top, back = x - size[0] / 2, x + size[0] / 2, y + size[1], z + size[2]
        side = right if right < 0 else left
        if left > 0 or right < 0:
            self.face([(side, y, z), (side, y, back), (side, top, back), (side, top, z)], toned(colour, 0.72))
        lid = top if top < self.eye else y
        if top < self.eye or y > self.eye:
            self.face([(left, lid, z), (right, lid, z), (right, lid, back), (left, lid, back)], toned(colour, 1.18 if lid == top else 0.5))
        self.face([(left, y, z), (right, y, z), (right, top, z), (left, top, z)], colour)

    def drum(self, x: float, y: float, z: float, radius: float, height: float, colour: Colour) -> None:
        """Draw an upright cylinder with light from the left."""
        self.plate(x, y, z, radius, toned(colour, 0.5))
        left, top = self.at(x - radius, y + height, z)
        right, foot = self.at(x + radius, y, z)
        self.blend((left, top, right, foot), toned(colour, 1.15), toned(colour, 0.48), across=True)
        self.plate(x, y + height, z, radius, toned(colour, 1.22 if y + height < self.eye else 0.6))

    # Light, air and surfaces.

    def blend(self, box: tuple[float, float, float, float], first: Colour, last: Colour, *, across: bool = False) -> None:
        """Fill pixels with a gradient, downwards or to the right."""
        left, top, right, foot = (round(value) for value in box)
        if right <= left or foot <= top:
            return
        wide, high = right - left, foot - top
        ramp = Image.linear_gradient("L").resize((1, wide if across else high), Image.Resampling.BILINEAR)
        strip = ImageOps.colorize(ramp, first, last)
        strip = strip.transpose(Image.Transpose.ROTATE_90) if across else strip
        self.image.paste(strip.resize((wide, high), Image.Resampling.NEAREST), (left, top))

    def backdrop(self, top: Colour, low: Colour) -> None:
        """Fill everything above the horizon."""
        self.blend((0, 0, self.width, self.skyline + 2), top, low)

    def ground(self, far: Colour, near: Colour, *, joints: float = 0.0) -> None:
        """Fill everything below the horizon; `joints` draws a floor of slabs of so many metres."""
        self.blend((0, self.skyline, self.width, self.height), far, near)
        if joints:
            line = toned(mixed(far, near, 0.5), 0.86)
            for step in range(-14, 15):
                self.edge((step * joints, 0, 1.2), (step * joints, 0, 60), 0.012, line)
            for step in range(1, 16):
                self.edge((-40, 0, step * joints), (40, 0, step * joints), 0.012, line)

    def glow(self, centre: Point, radius: float, colour: Colour, strength: float) -> None:
        """Lay a soft spot of light or smoke over the picture; centre and radius in pixels."""
        wide = max(2, round(radius * 2))
        spot = ImageOps.invert(Image.radial_gradient("L")).point(
            [round(level * strength * max(0, level - 75) / 180) for level in range(256)]
        )
        self.image.paste(
            colour, (round(centre[0] - radius), round(centre[1] - radius)), spot.resize((wide, wide), Image.Resampling.BILINEAR)
        )

    def shadow(self, corners: Sequence[Place], depth: float = 0.5) -> None:
        """Darken a flat shape with soft edges."""
        mask = Image.new("L", (self.width // 8, self.height // 8))
        points = [(px / 8, py / 8) for px, py in (self.at(*corner) for corner in corners)]
        ImageDraw.Draw(mask).polygon(points, fill=round(255 * depth))
        mask = mask.filter(ImageFilter.GaussianBlur(6)).resize(self.image.size, Image.Resampling.BILINEAR)
        self.image.paste((22, 20, 24), (0, 0), mask)

    def grit(self, box: tuple[float, float, float, float], strength: int, grain: tuple[int, int] = (3, 3)) -> None:
        """Roughen pixels: the grain's width and height decide whether it looks like sand, concrete or rain on steel."""
        left, top, right, foot = (round(value) for value in box)
        region = self.image.crop((left, top, right, foot))
        self.image.paste(self._roughened(region, strength, grain), (left, top))

    def _roughened(self, region: Image.Image, strength: int, grain: tuple[int, int]) -> Image.Image:
        wide, high = max(1, region.width // grain[0]), max(1, region.height // grain[1])
        noise = Image.frombytes("L", (wide, high), self.random.randbytes(wide * high)).point(
            [level * strength * 2 // 255 for level in range(256)]
        )
        patch = noise.resize(region.size, Image.Resampling.BILINEAR)
        return ImageChops.add(region, Image.merge("RGB", (patch,) * 3), 1, -strength)

    def write(self, place: Place, words: str, height: float, colour: Colour, *, bold: bool = True, anchor: str = "mm") -> None:
        """Write upright text that faces the eye; `height` is the letters' size in metres."""
        size = round(self.pixels(height, place[2]))
        if size >= 5:
            self._pen.text(self.at(*place), words, font=_font(size, bold), fill=colour, anchor=anchor)

    def _held(self) -> Image.Image:
        """Scale down as if held by hand: a little askew and off the middle, so that no two pictures agree."""
        tilt, scale = radians(self.random.uniform(-1.1, 1.1)), _OVERSIZE * self.random.uniform(0.945, 0.96)
        across, down = scale * cos(tilt), scale * sin(tilt)
        middle_x, middle_y = self.width / 2 + self.random.uniform(-14, 14), self.height / 2 + self.random.uniform(-14, 14)
        shift_x = middle_x - (across * self.size[0] - down * self.size[1]) / 2
        shift_y = middle_y - (down * self.size[0] + across * self.size[1]) / 2
        turn = (across, -down, shift_x, down, across, shift_y)
        return self.image.transform(self.size, Image.Transform.AFFINE, turn, Image.Resampling.BILINEAR)

    def finished(self, *, warmth: float = 1.0, dim: float = 1.0) -> Image.Image:
        """Scale down, darken the corners and add the sensor's grain."""
        picture = self._roughened(self._held(), 7, (1, 1))
        corners = Image.radial_gradient("L").point([round(255 * dim * (1 - 0.3 * (level / 255) ** 2.2)) for level in range(256)])
        shade = corners.resize(self.size, Image.Resampling.BILINEAR)
        tint = [shade.point([min(255, round(level * part)) for level in range(256)]) for part in (1.0, 1 - (warmth - 1) / 3, 1 / warmth)]
        return ImageChops.multiply(picture, Image.merge("RGB", tint))
