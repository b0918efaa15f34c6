"""The office's register in plain SQLite: what was received, from whom, and what it says. Browsable with any SQLite tool."""
