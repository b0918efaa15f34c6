"""The criterion page, where most of the work is done."""
