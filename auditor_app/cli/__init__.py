"""The command line: the same workflows as the window, without a screen and without Qt.

Reading commands print one JSON document with --json; messages go to standard error.
"""
