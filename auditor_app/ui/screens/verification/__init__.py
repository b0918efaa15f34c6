"""The page that checks signatures: of a kept report, of any PDF, of a bundle."""
