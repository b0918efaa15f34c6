"""The screens, one folder or module per task, and the table in which each is registered."""
