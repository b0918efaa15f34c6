"""This laptop's own camera and microphone: an optional extra, loaded when it is first asked for. Nothing is written to disk in plain."""
