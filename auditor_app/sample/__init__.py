"""The sample visit: an invented copper smelter, its story and its evidence, all made by this program."""
