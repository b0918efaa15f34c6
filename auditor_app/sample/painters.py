"""All painters by the name that the list of evidence uses."""

from collections.abc import Callable, Mapping, Sequence

from PIL import Image

from auditor_app.sample import scenes_desert, scenes_outdoors, scenes_plant, scenes_rooms, scenes_safety
from auditor_app.sample.canvas import Canvas

Painter = Callable[[Canvas, Sequence[str], str], None]
"""Paints on a canvas, with the texts to show and the mood (light or state)."""

LANDSCAPE, PORTRAIT = (2000, 1500), (1500, 2000)
_WARMTH = {"dusk": 1.14, "morning": 1.08, "night": 0.94}

PAINTERS: Mapping[str, Painter] = {
    "board": scenes_rooms.board,
    "casting": scenes_plant.casting,
    "converter": scenes_plant.converter,
    "corridor": scenes_rooms.corridor,
    "drums": scenes_plant.drums,
    "extinguisher": scenes_rooms.extinguisher,
    "eyewash": scenes_safety.eyewash,
    "fence": scenes_outdoors.fence,
    "gate": scenes_desert.gate,
    "gauge": scenes_safety.gauge,
    "heritage": scenes_desert.heritage,
    "lockers": scenes_rooms.lockers,
    "meter": scenes_safety.meter,
    "muster": scenes_outdoors.muster,
    "pond": scenes_outdoors.pond,
    "screens": scenes_rooms.screens,
    "shed": scenes_plant.shed,
    "sign": scenes_safety.sign,
    "slag": scenes_outdoors.slag,
    "solar": scenes_desert.solar,
    "stack": scenes_outdoors.stack,
    "table": scenes_rooms.table,
    "tankhouse": scenes_plant.tankhouse,
    "trees": scenes_desert.trees,
    "weighbridge": scenes_desert.weighbridge,
}


def painted(scene: str, words: Sequence[str], *, mood: str = "", size: tuple[int, int] = LANDSCAPE, seed: int = 0) -> Image.Image:
    """Paint a scene; the same arguments give the same picture."""
    canvas = Canvas(size, seed)
    PAINTERS[scene](canvas, words, mood)
    return canvas.finished(warmth=_WARMTH.get(mood, 1.03))
