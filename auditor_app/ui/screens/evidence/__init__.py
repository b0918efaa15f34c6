"""All evidence of a visit: seen, described, linked, exported."""
