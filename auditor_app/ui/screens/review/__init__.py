"""The review stage of the office's window."""
