"""Lists of a visit that are edited in place, a line at a time: places to walk, documents, the interview plan, to-dos."""
