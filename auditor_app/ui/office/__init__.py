"""The office's window: the same program over what was received, for reading and for the review."""
