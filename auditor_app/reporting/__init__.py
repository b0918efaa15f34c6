"""Findings reports as PDF: what they say (`content`), how they look, and their archival form.

May import form_engine, domain and the primitives; knows reportlab and pikepdf, which no other package does. Both are slow to load,
so workflows import `findings_report` when a report is asked for, never at start.
"""
