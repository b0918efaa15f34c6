"""What there is to capture with: the optional library, a camera, a microphone, the system's leave; each lack has words of its own."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from PySide6.QtCore import QCameraPermission, QCoreApplication, QMicrophonePermission, QObject, Qt

from auditor_app.errors import Unavailable, Unsupported


def multimedia() -> Any:
    """Load Qt's multimedia. Raises Unsupported when the extra is not installed, Unavailable when the system lacks a library of it."""
    try:
        return import_module("PySide6.QtMultimedia")
    except ModuleNotFoundError as error:
        raise Unsupported("capture_not_installed") from error
    except ImportError as error:
        raise Unavailable("capture_library_missing", detail=str(error)) from error


def camera_device() -> Any:
    """Give the camera that the system prefers. Raises Unavailable when there is none."""
    device = multimedia().QMediaDevices.defaultVideoInput()
    if device.isNull():
        raise Unavailable("camera_missing")
    return device


def microphone_device() -> Any:
    """Give the microphone that the system prefers. Raises Unavailable when there is none."""
    device = multimedia().QMediaDevices.defaultAudioInput()
    if device.isNull():
        raise Unavailable("microphone_missing")
    return device


def ask_for_camera(owner: QObject, granted: Callable[[], object], refused: Callable[[BaseException], object]) -> None:
    """Ask the system, and through it the person, whether the camera may be used."""
    _ask(QCameraPermission(), owner, granted, lambda: refused(Unavailable("camera_refused")))


def ask_for_microphone(owner: QObject, granted: Callable[[], object], refused: Callable[[BaseException], object]) -> None:
    """Ask the system, and through it the person, whether the microphone may be used."""
    _ask(QMicrophonePermission(), owner, granted, lambda: refused(Unavailable("microphone_refused")))


def _ask(permission: Any, owner: QObject, granted: Callable[[], object], refused: Callable[[], object]) -> None:
    application: Any = QCoreApplication.instance()

    def answered(answer: Any) -> None:
        (granted if answer.status() == Qt.PermissionStatus.Granted else refused)()

    if application.checkPermission(permission) == Qt.PermissionStatus.Granted:
        granted()
    else:
        application.requestPermission(permission, owner, answered)
