"""Sound with this laptop's microphone: how long and how loud, stop and keep.

The samples stay in memory and are sealed from there; the disk never sees them in plain. Every ten minutes a part is taken in, so
that a power cut costs no whole interview and memory stays small.
"""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QIODevice, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from auditor_app.clock import SystemClock
from auditor_app.errors import Unavailable
from auditor_app.translation import _
from auditor_app.ui.capture.encoding import loudness, sound_bytes
from auditor_app.ui.capture.equipment import ask_for_microphone, microphone_device, multimedia
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.intake.wish import Wish
from auditor_app.ui.media_threads import know_notifications
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.labels import label

RATE, CHANNELS = 16_000, 1
"""Enough for speech: two megabytes a minute."""

PART_SECONDS = 600


class SoundPart(QWidget):
    """`taken` carries a wish, a recording as WAV bytes and its name; `told` a Notice."""

    taken = Signal(object, bytes, str)
    told = Signal(object)
    opened = Signal()
    closed = Signal()

    def __init__(self) -> None:
        """Begin hidden, without a microphone."""
        super().__init__()
        self._wish: Wish | None = None
        self._microphone: Any = None
        self._source: Any = None
        self._stream: QIODevice | None = None
        self._samples = bytearray()
        self._rate, self._channels, self._number = RATE, CHANNELS, 0
        self._began: datetime | None = None
        self.said, self.hint = label("", "strong"), label(_("Record only with the consent of everyone who is heard."), "muted", wrap=True)
        self.level = QProgressBar()
        self.level.setRange(0, 100)
        self.level.setTextVisible(False)
        self.level.setAccessibleName(_("How loud it is"))
        self.record = button(_("Record"), self.begin, role="first", name=_("Begin to record"))
        self.keep = button(_("Stop and keep"), self.stop_and_keep, role="first", name=_("Stop recording and keep it"))
        self.discard = button(_("Discard"), self.close_microphone, name=_("Discard this recording and close the microphone"))
        self._lay_out()
        self.hide()

    @property
    def at_work(self) -> bool:
        """Say whether sound is being recorded."""
        return self._stream is not None

    def open_microphone(self, wish: Wish) -> None:
        """Make ready to record. A lack of library, microphone or leave is told, and nothing opens."""
        if self.at_work:
            return  # what is being recorded goes on
        self._wish = wish
        ask_for_microphone(self, self._ready, self._fail)

    def begin(self) -> None:
        """Record from now."""
        media = multimedia()
        sound = media.QAudioFormat()
        sound.setSampleRate(RATE)
        sound.setChannelCount(CHANNELS)
        sound.setSampleFormat(media.QAudioFormat.SampleFormat.Int16)
        if not self._microphone.isFormatSupported(sound):
            sound.setSampleRate(self._microphone.preferredFormat().sampleRate())
            sound.setChannelCount(self._microphone.preferredFormat().channelCount())
        self._source = media.QAudioSource(self._microphone, sound)
        know_notifications(self._source)
        self._source.stateChanged.connect(lambda _state: self._check())
        stream = self._source.start()
        if stream is None:
            self._fail(Unavailable("microphone_failed"))
        else:
            self.listen(stream, sound.sampleRate(), sound.channelCount())

    def listen(self, stream: QIODevice, rate: int = RATE, channels: int = CHANNELS) -> None:
        """Gather 16-bit samples from a stream, from now."""
        self._stream, self._rate, self._channels, self._number = stream, rate, channels, 0
        self._begin_part()
        stream.readyRead.connect(self._hear)
        self._show_state()
        self.keep.setFocus()

    def stop_and_keep(self) -> None:
        """End the recording and hand it over."""
        self._hear()
        self._stop()
        self._hand_over(last=True)
        self.close_microphone()

    def close_microphone(self) -> None:
        """Let go of the microphone; what was not handed over is gone."""
        self._stop()
        self._samples.clear()
        self._wish, self._microphone = None, None
        self.hide()
        self.closed.emit()

    @property
    def seconds(self) -> float:
        """Tell how long the part at work is, by the samples that came."""
        return len(self._samples) / (2 * self._rate * self._channels)

    def _ready(self) -> None:
        try:
            self._microphone = microphone_device()
        except Unavailable as error:
            self._fail(error)
            return
        self._show_state()
        self.show()
        self.opened.emit()
        self.record.setFocus()

    def _hear(self) -> None:
        if self._stream is None:
            return
        heard = bytes(self._stream.readAll().data())
        self._samples += heard
        self.level.setValue(loudness(heard))
        if self.seconds >= PART_SECONDS:
            self._hand_over(last=False)
            self._begin_part()
        self._show_state()

    def _begin_part(self) -> None:
        self._samples.clear()
        self._began = SystemClock().now()
        self._number += 1

    def _hand_over(self, *, last: bool) -> None:
        if self._wish is not None and self._began is not None and self._samples:
            part = "" if last and self._number == 1 else _(" part {number}").format(number=self._number)
            name = _("Sound {time}").format(time=self._began.strftime("%Y-%m-%d %H.%M.%S")) + f"{part}.wav"
            self.taken.emit(self._wish, sound_bytes(bytes(self._samples), self._rate, self._channels), name)

    def _stop(self) -> None:
        if self._stream is not None:
            self._stream.readyRead.disconnect(self._hear)
        self._stream = None
        if self._source is not None:
            source, self._source = self._source, None
            source.stop()

    def _check(self) -> None:
        """Tell when the microphone went away by itself; what came until then is kept."""
        media = multimedia()
        if self._source is not None and self._source.error() not in (media.QtAudio.Error.NoError, media.QtAudio.Error.UnderrunError):
            self._stop()
            self._hand_over(last=True)
            self._fail(Unavailable("microphone_failed"))

    def _fail(self, error: BaseException) -> None:
        self.told.emit(notice_of(error))
        self.close_microphone()

    def _show_state(self) -> None:
        for widget, shown in ((self.record, not self.at_work), (self.keep, self.at_work), (self.level, self.at_work)):
            widget.setVisible(shown)
        self.discard.setText(_("Discard") if self.at_work else _("Close"))
        if self.at_work:
            whole = int(self.seconds) + PART_SECONDS * (self._number - 1)
            self.said.setText(_("Recording · {minutes}:{seconds}").format(minutes=whole // 60, seconds=f"{whole % 60:02}"))
        elif self._microphone is not None:
            self.said.setText(_("Ready to record: {device}").format(device=self._microphone.description()))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        for widget in (self.said, self.level, self.hint):
            words.addWidget(widget)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(16)
        layout.addLayout(words, 1)
        for button_ in (self.record, self.keep, self.discard):
            layout.addWidget(button_)

    def hideEvent(self, event: QHideEvent) -> None:
        """Never listen once the window is closed: keep what was said until then."""
        super().hideEvent(event)
        if self.at_work and not event.spontaneous():
            self.stop_and_keep()
