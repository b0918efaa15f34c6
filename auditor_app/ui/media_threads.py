"""Qt's players, cameras and microphones work on threads of their own, which must never wait for Python."""

from PySide6.QtCore import QObject


def know_notifications(*parts: QObject) -> None:
    """Let Qt learn, in the window's thread, that Python has nothing to say when somebody connects to these parts or disconnects.

    It asks Python the first time only. Asked on one of Qt's threads, for which the window's thread waits, both would wait for ever.
    """
    for part in parts:
        part.objectNameChanged.connect(part.objectName)
        part.objectNameChanged.disconnect(part.objectName)
