"""The auditor's data folder, opened: lock, keys, database, vault, and the one way to record changes."""

from auditor_app.workspace.opening import create_workspace, open_workspace
from auditor_app.workspace.recording import Recorder
from auditor_app.workspace.workspace import Me, Workspace

__all__ = ["Me", "Recorder", "Workspace", "create_workspace", "open_workspace"]
