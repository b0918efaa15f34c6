"""The text in every bundle that tells how to check it without this program."""

HOW_TO_CHECK_TEXT = """\
How to check this bundle with ordinary tools
============================================

This folder is a BagIt bag (RFC 8493). Everything under data/ is sealed with age; nothing in clear names a site or a person.

1. Nothing missing, nothing added, nothing changed:
       python3 -m bagit --validate .
   or  sha256sum -c manifest-sha256.txt  and  sha256sum -c tagmanifest-sha256.txt

2. Signed by the lead auditor (ca.pem is the certificate of the assurance office's authority):
       openssl cms -verify -inform DER -in tagmanifest-sha256.txt.p7s -content tagmanifest-sha256.txt \\
           -CAfile ca.pem -binary -purpose any -out /dev/null

3. The sealed files are named by their own SHA-256:
       sha256sum data/evidence/*.age

4. Open the record (identity.txt is the office's key). It is JSON Lines: the journal's entries, each naming the digest of the
   entry before it in its chain, then one line for the record, its form, each evidence item and each report:
       age -d -i identity.txt data/record.age
   The SHA-256 of the form stands in the line before it as "form_digest":
       age -d -i identity.txt data/record.age | sed -n 's/^{"form":\\(.*\\)}$/\\1/p' | tr -d '\\n' | sha256sum

5. Open one piece of evidence; its SHA-256 stands in the record as "original" beside the "sealed" name:
       age -d -i identity.txt data/evidence/NAME.age | sha256sum

6. Open and check a findings report:
       age -d -i identity.txt data/findings/NAME.pdf.age > findings.pdf
       pdfsig -nocert findings.pdf
"""
