"""What the assurance office does: founding, enrolling auditors, receiving and verifying bundles, signing receipts."""
