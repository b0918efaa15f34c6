"""Keeps evidence sealed: age files named by the SHA-256 of their sealed bytes, written once, never changed, always checked.

Also holds the keys that seal, and reads what cameras wrote into photos. Knows no database.
"""
