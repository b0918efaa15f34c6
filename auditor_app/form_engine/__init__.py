"""Forms: a standard as data. Compiles form files, reports their problems, and evaluates their rules. Knows no database and no screen."""
