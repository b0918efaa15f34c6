"""The plan: the site, the team and its days, what to walk, read and hear, and what applies."""
