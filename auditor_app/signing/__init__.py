"""Keys, certificates and signatures: of a bundle (CMS, beside it) and of a report (PAdES, inside the PDF).

Everything here is bytes in memory; no file of the workspace is touched, and only `pdf_timestamp` asks the network. May
import the primitives and `domain`; the only package that knows pyHanko and PKCS#11, and only the modules named `pdf_…`
load the one and `cards` the other.
"""
