"""The way to the office: bundle, mailbox, receipt, release."""
