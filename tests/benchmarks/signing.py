"""Signing and checking a report of 50 MB, as seconds and as a ratio to reading and hashing the same bytes.

.venv/bin/python tests/benchmarks/signing.py [--megabytes 50]
"""

import argparse
import hashlib
import os
import time
from datetime import UTC, datetime
from io import BytesIO

import pikepdf

from auditor_app.install_paths import resources
from auditor_app.signing.authority import issue, new_authority
from auditor_app.signing.keys import SigningIdentity, certificate_request, new_private_key
from auditor_app.signing.pdf_appearance import Appearance
from auditor_app.signing.pdf_checking import check_pdf
from auditor_app.signing.pdf_signature import EmptyField, countersign_pdf, sign_pdf
from auditor_app.signing.trust import Trusted

PHOTO = 500_000


def main() -> None:
    """Measure each three times and print the best."""
    chosen = argparse.ArgumentParser()
    chosen.add_argument("--megabytes", type=int, default=50)
    pdf = _report(chosen.parse_args().megabytes)
    now = datetime.now(UTC)
    office, key = new_authority("Office", now), new_private_key()
    ana = SigningIdentity(private_key=key, certificate=issue(office, certificate_request(key, "Ana", "Co"), now, 30))
    font = resources() / "fonts" / "NotoSans-Regular.ttf"
    look = Appearance(page=-1, box=(60, 60, 300, 130), caption="Signed", lines=("Ana Lopez",), fonts=(font,))
    place = EmptyField(page=-1, box=(60, 200, 360, 280), caption="Site")
    trusted = Trusted(authorities=[office.certificate])
    hashed = _best(lambda: hashlib.sha256(pdf).digest())
    signed = sign_pdf(pdf, ana, look, now, prepared=[place])
    print(f"{len(pdf) / 1e6:.0f} MB, hashing alone {hashed:.2f} s")
    for name, work in (
        ("signing", lambda: sign_pdf(pdf, ana, look, now, prepared=[place])),
        ("countersigning", lambda: countersign_pdf(signed, ana, look, now)),
        ("checking", lambda: check_pdf(signed, trusted, now)),
    ):
        took = _best(work)
        print(f"{name} {took:.2f} s (at most 1 s to sign), {took / hashed:.1f} times hashing")


def _best(work) -> float:
    times = []
    for _again in range(3):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def _report(megabytes: int) -> bytes:
    """Make pages with one photo each, which does not compress."""
    target = BytesIO()
    with pikepdf.new() as made:
        for _page in range(megabytes * 1_000_000 // PHOTO):
            page = made.add_blank_page()
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=made.make_stream(os.urandom(PHOTO))))
        made.save(target)
    return target.getvalue()


if __name__ == "__main__":
    main()
