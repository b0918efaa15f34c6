"""The mailbox: how sealed objects reach the assurance office and its answers come back, over storage that the office already runs.

`places` and `storage` know Apache OpenDAL, and nothing else does; `parts` and `listing` are pure. May import only the primitives.
"""
