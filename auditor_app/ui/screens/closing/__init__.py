"""The closing meeting: who is there, the findings shown large, what changed since, the sheet and its signatures."""
