"""The list of visits, the form for a new one, and the plan of the open one."""
