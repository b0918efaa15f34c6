"""How the window looks: colours and measures from the tokens, one style sheet made from them, the shipped fonts."""

import json
from dataclasses import dataclass
from functools import cache
from string import Template
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from auditor_app.install_paths import resources
from auditor_app.translation import N_

LIGHT, DARK, FIELD = "light", "dark", "field"
MODE_NAMES = {LIGHT: N_("Light"), DARK: N_("Dark"), FIELD: N_("Field: large and high contrast")}
TEXT_SIZES = (100, 125, 150, 200)
FAMILY, FAMILY_CHINESE = "Noto Sans", "Noto Sans SC"
_SCRIPTS = (
    "Arabic Armenian Bengali Devanagari Ethiopic Georgian Gujarati Gurmukhi Hebrew Kannada Khmer Lao Malayalam Math Mongolian Myanmar Oriya"
    " Sinhala Symbols2 Tamil Telugu Thaana Thai Tifinagh"
)
FAMILIES = (FAMILY, FAMILY_CHINESE, "Noto Sans JP", "Noto Sans KR", *(f"Noto Sans {script}" for script in _SCRIPTS.split()))
"""The shipped fonts, in the order in which they are asked for a letter: the same ones that reports are printed in."""


@dataclass(frozen=True, slots=True)
class Look:
    """One mode at one text size: colours by name, text sizes and measures in pixels."""

    mode: str
    colours: dict[str, str]
    text: dict[str, int]
    measures: dict[str, int]
    scale: float

    def colour(self, name: str) -> QColor:
        """Give a colour of the tokens."""
        return QColor(self.colours[name])

    def px(self, pixels: float) -> int:
        """Give a length that grows with the text."""
        return round(pixels * self.scale)


class Theme(QObject):
    """The look in use; `changed` tells painted widgets to paint anew."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        """Register the fonts and take the system's text size as the base."""
        super().__init__(application)
        self.application = application
        self._system_scale = _system_scale()
        _register("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")
        application.setStyle("Fusion")
        self.text_size = 100
        self.look = self._made(LIGHT)

    def wear(self, mode: str, text_size: int = 100) -> None:
        """Put on a mode at a text size in percent of the system's."""
        self.text_size = text_size
        self.look = self._made(mode if mode in MODE_NAMES else LIGHT)
        self.application.setFont(self.font())
        self.application.setPalette(_palette(self.look))
        self.application.setStyleSheet(style_sheet(self.look))
        self.changed.emit()

    def register_large_fonts(self) -> None:
        """Register the fonts of all further scripts; they take a moment, so that comes after the first window."""
        _register(*sorted(path.name for path in (resources() / "fonts").glob("NotoSans?*-*.ttf")))

    def font(self, size: str = "body", *, bold: bool = False) -> QFont:
        """Give the family in one of the four sizes, for painted text."""
        font = QFont(list(FAMILIES))
        font.setPixelSize(self.look.text[size])
        font.setBold(bold)
        return font

    def _made(self, mode: str) -> Look:
        return make_look(mode, self._system_scale * self.text_size / 100)


def make_look(mode: str, scale: float) -> Look:
    """Make a look from the tokens; field mode enlarges text and targets."""
    tokens = read_tokens()
    scale *= tokens["field_text"] if mode == FIELD else 1.0
    return Look(
        mode=mode,
        colours=dict(tokens["modes"][mode]),
        text={name: round(size * scale) for name, size in tokens["text"].items()},
        measures={name: max(size, round(size * scale)) for name, size in tokens["measures"][mode].items()},
        scale=scale,
    )


def style_sheet(look: Look) -> str:
    """Fill the tokens into the one style sheet."""
    sizes = {f"text_{name}": f"{size}px" for name, size in look.text.items()}
    lengths = {f"{name}_height": f"{size}px" for name, size in look.measures.items()}
    spaces = {f"space{step}": f"{look.px(step)}px" for step in (1, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24)}
    inner = {f"least_in{step}": f"{max(0, look.measures['least'] - 2 * look.px(step) - 2)}px" for step in (6, 12)}
    inner["least_pill"] = f"{max(24, look.measures['least'] - 2 * look.px(6) - 2)}px"
    lengths["first_height"] = f"{look.measures['control'] - 4}px"  # its border is wider than that of other buttons
    images = {name: (resources() / "look" / f"{name}-{look.mode}.svg").as_posix() for name in ("arrow", "tick")}
    return _template().substitute(look.colours, **sizes, **lengths, **spaces, **inner, **images)


@cache
def read_tokens() -> dict[str, Any]:
    """Read the tokens that come with the program."""
    return dict(json.loads((resources() / "look" / "tokens.json").read_text(encoding="utf-8")))


@cache
def _template() -> Template:
    return Template((resources() / "look" / "window.qss").read_text(encoding="utf-8"))


def _register(*names: str) -> None:
    for name in names:
        QFontDatabase.addApplicationFont(str(resources() / "fonts" / name))


def _system_scale() -> float:
    """Compare the system's text size with the 13 pixels of the tokens; smaller systems get the tokens' size."""
    points = QGuiApplication.font().pointSizeF()
    screen = QGuiApplication.primaryScreen()
    dots = screen.logicalDotsPerInch() if screen else 96.0
    return max(1.0, points * dots / 72 / 13) if points > 0 else 1.0


def _palette(look: Look) -> QPalette:
    role = QPalette.ColorRole
    named = {
        role.Window: "background",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "raised",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.Highlight: "copper",
        role.HighlightedText: "on_copper",
        role.PlaceholderText: "muted",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
        role.Link: "copper",
    }
    palette = QPalette()
    for where, name in named.items():
        palette.setColor(where, look.colour(name))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Text, look.colour("muted"))
    palette.setColor(QPalette.ColorGroup.Disabled, role.ButtonText, look.colour("muted"))
    return palette
