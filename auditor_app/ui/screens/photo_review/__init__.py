"""Photo review: the site is shown photos before release; what it saw, what it objected to, what was decided."""
