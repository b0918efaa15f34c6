"""The journal of the visit for people, and where two of them differ."""
