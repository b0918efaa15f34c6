"""What is missing, who signs, and the reports that were made."""
