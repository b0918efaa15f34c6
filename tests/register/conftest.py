"""A register with one visit or more, entered as rows."""

import pytest

from auditor_app.register.register import Reception, enter, open_register


@pytest.fixture
def register(tmp_path):
    """An empty register, open."""
    with open_register(tmp_path / "register.db") as db:
        yield db


LEVELS = {"fully": 1, "partially": 2, "does_not": 3}


def row_set(number: int, *, bundle: str = "", due: str | None = "2026-06-01", state: str = "open", rating: str = "partially", **facts):
    """The rows of one visit as its bundle tells it: one criterion, one finding with its item, one piece of evidence."""
    visit, bundle = f"visit-{number:05}", bundle or f"bundle-{number:05}"
    head = {"visit": visit, "bundle": bundle, "auditor": "f1", "auditor_name": "Ana Núñez", "received_at": "2026-05-10T08:00:00.000000Z"}
    told = {
        **{"site": f"Site {number}", "company": "Cobres", "country": "CL", "location": "", "site_type": "mine", "kind": "first"},
        **{"form": "copper", "form_digest": "d", "starts_on": "2026-05-04", "ends_on": "2026-05-06", "state": "closed"},
        **{"reported_at": "2026-05-08T10:00:00.000000Z", "days_to_report": 2},
    }
    finding = {"visit": visit, "finding": "f", "criterion": "2", "title": "=1+1 “No register”", "state": state, "closed_on": None}
    return Reception(
        bundle=bundle,
        visit=visit,
        rows={
            "bundle": [{**head, "entries": 40}],
            "visit": [{**head, **told, **facts}],
            "criterion": [
                {"visit": visit, "criterion": "2", "form": "copper", "name": "Risk", "rating": rating}
                | {"rating_label": rating.title(), "level": LEVELS.get(rating), "because": "", "departs": "", "applies": ""}
            ],
            "finding": [{**finding, "number": 1, "grade": "gap", "systemic": 1, "statement": ""}],
            "improvement_item": [{**finding, "action": "Write one", "owner": "Manager", "due": due}],
            "evidence": [
                {"visit": visit, "original": f"o{number}", "sealed": f"s{number}", "size": 3, "media_type": "image/jpeg"}
                | {"captured_at": "", "happened_at": "", "taken_in_at": "2026-05-05T09:00:00.000000Z", "is_copy": 0}
            ],
            "file": [{"bundle": bundle, "name": "bagit.txt", "digest": "d", "size": 55}],
            "chain": [{"bundle": bundle, "visit": visit, "device": "laptop", "sequence": 40, "digest": "d"}],
            "receipt": [{"bundle": bundle, "visit": visit, "made_at": head["received_at"], "files": 1, "size": 55, "letter": b"{}"}],
        },
    )


@pytest.fixture
def entered(register):
    """Enter the rows of visits by number."""

    def put(number: int, **told):
        enter(register, row_set(number, **told))
        return register

    return put
