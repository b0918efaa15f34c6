"""Writes forms/form.schema.json from the form definition, for editors that check YAML while it is typed.

.venv/bin/python packaging/form_schema.py
"""

import json
from pathlib import Path

from auditor_app.form_engine.compiling import form_schema


def main() -> None:
    """Write the schema; a test demands that it is up to date."""
    target = Path(__file__).parent.parent / "forms" / "form.schema.json"
    target.write_text(json.dumps(form_schema(), indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
