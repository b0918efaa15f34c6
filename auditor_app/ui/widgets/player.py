"""Plays a sound or a film from memory. Needs the optional part of Qt for it; says so in place where it is not there."""

from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, QUrl, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.media_threads import know_notifications
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaPlayer

SEEK_MS = 5_000


class Player(QWidget):
    """A play button, where it is, and a film's picture. Nothing is written to disk; what is not seen does not play."""

    told = Signal()

    def __init__(self) -> None:
        """Begin with nothing; Qt's players load when something is to be played."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("The recording; Space plays and pauses"))
        self._player: QMediaPlayer | None = None
        self._data = QBuffer(self)
        self._screen: QWidget | None = None
        self.play = button(_("▶ Play"), self.turn, role="first", name=_("Play or pause (Space)"))
        self.place = QSlider(Qt.Orientation.Horizontal)
        self.place.setAccessibleName(_("Place in the recording"))
        self.place.setSingleStep(SEEK_MS)
        self.place.setPageStep(SEEK_MS * 6)
        self.time, self.words = label(""), label("", "muted", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.place.valueChanged.connect(self._seek)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.play)
        line.addWidget(self.place, 1)
        line.addWidget(self.time)
        self._layout = QVBoxLayout(self)
        self._layout.addStretch(1)
        self._layout.addWidget(self.words)
        self._layout.addLayout(line)
        self._layout.addStretch(1)

    @property
    def at(self) -> int:
        """Give the place in milliseconds."""
        return self._player.position() if self._player else 0

    @property
    def length(self) -> int:
        """Give the length in milliseconds; 0 while it is not known."""
        return self._player.duration() if self._player else 0

    def show_recording(self, data: bytes, name: str, *, film: bool) -> None:
        """Make ready to play; says in place what is missing on this laptop."""
        self.clear()
        try:
            media: Any = import_module("PySide6.QtMultimedia")
            self._build(media)
            self._show_screen(film)
        except ImportError:
            self._say(_("This laptop has no player: the part of the program for sound and film is not installed. Export it to play it."))
            return
        self._data.setData(QByteArray(data))
        self._data.open(QIODevice.OpenModeFlag.ReadOnly)
        assert self._player is not None  # noqa: S101 - built above
        self._player.setSourceDevice(self._data, QUrl(f"recording{PurePath(name).suffix}"))
        mute = not media.QMediaDevices.audioOutputs()
        self._say(_("This laptop has no loudspeaker or headphones that sound could go to.") if mute else "")
        self._allow(True)

    def clear(self) -> None:
        """Stop, and let go of what was played."""
        if self._player is not None:
            self._player.stop()
            self._player.setSource(QUrl())
        self._data.close()
        self._data.setData(QByteArray())
        self._say("")
        self._allow(False)
        self._show_time()

    def turn(self) -> None:
        """Play or pause."""
        if self._player is None or not self.play.isEnabled():
            return
        if self._player.isPlaying():
            self._player.pause()
        else:
            self._player.play()

    def _build(self, media: Any) -> None:
        if self._player is not None:
            return
        self._player, output = media.QMediaPlayer(self), media.QAudioOutput(self)
        know_notifications(self._player, output)
        self._player.setAudioOutput(output)
        self._player.positionChanged.connect(lambda _at: self._show_time())
        self._player.durationChanged.connect(lambda _length: self._show_time())
        self._player.playingChanged.connect(self._show_playing)
        self._player.errorOccurred.connect(lambda _error, _words: self._not_played())

    def _show_screen(self, film: bool) -> None:
        """Give a film something to be seen on."""
        if film and self._screen is None and self._player is not None:
            widgets: Any = import_module("PySide6.QtMultimediaWidgets")
            self._screen = widgets.QVideoWidget()
            self._layout.insertWidget(0, self._screen, 20)
            self._player.setVideoOutput(self._screen)
        if self._screen is not None:
            self._screen.setVisible(film)

    def _seek(self, place: int) -> None:
        if self._player is not None and abs(place - self._player.position()) > 400:
            self._player.setPosition(place)

    def _show_time(self) -> None:
        if not self.place.isSliderDown():
            self.place.blockSignals(True)
            self.place.setRange(0, self.length)
            self.place.setValue(self.at)
            self.place.blockSignals(False)
        self.time.setText(f"{time_words(self.at)} / {time_words(self.length)}")

    def _show_playing(self, playing: bool) -> None:
        self.play.setText(_("❚❚ Pause") if playing else _("▶ Play"))

    def _not_played(self) -> None:
        self._say(_("This recording cannot be played here. Export it and open it with another program."))
        self._allow(False)

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.told.emit()

    def _allow(self, can_play: bool) -> None:
        self.play.setEnabled(can_play)
        self.place.setEnabled(can_play)

    def hideEvent(self, event: QHideEvent) -> None:
        """Pause."""
        super().hideEvent(event)
        if self._player is not None:
            self._player.pause()


def time_words(milliseconds: int) -> str:
    """Write a length: "3:07"."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes}:{seconds:02}"
