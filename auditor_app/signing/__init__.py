"""Keys, certificates and signatures: of a bundle (CMS, beside it) and of a report (PAdES, inside the PDF).

Everything here is bytes in memory; no file of the workspace is touched and nothing asks the network. May import the
primitives and `domain`; the only package that knows pyHanko, and only `pdf_signature` and what it imports load it.
"""
