"""Taking evidence in, as a person sees it: ways in, what a folder or card holds, progress, and what came of it."""
