"""The welcome page: create a workspace or open one."""
