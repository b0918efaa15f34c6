"""The page of the workspace itself: where it is, its backup, its check, its passphrase."""
