"""What an auditor does, one module per kind of work: plain functions over an open workspace, values in, Changes out.

The window and the command line speak to these and to nothing below them.
"""
