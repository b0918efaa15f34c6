"""The auditor's encrypted database: journal, folded tables, forms, thumbnails, sealed evidence, hand-overs.

The only SQL of the workspace.
"""
