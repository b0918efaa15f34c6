"""Interviews: whom we heard, what they agreed to, what they said."""
