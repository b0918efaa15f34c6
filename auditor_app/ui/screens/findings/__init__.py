"""Findings, and what was not seen."""
