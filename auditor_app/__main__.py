"""`python -m auditor_app` opens the window."""

from auditor_app.ui.app import main

if __name__ == "__main__":
    main()
