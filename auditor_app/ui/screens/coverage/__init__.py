"""Coverage: how much of the plan is done, what is missing before sign-off, and what to do about it."""
