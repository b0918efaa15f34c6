"""An assurance office beside the window: it enrols the auditor and receives what is in its mailbox."""

from auditor_app.clock import SystemClock
from auditor_app.workflows.office.enrolment import enrol
from auditor_app.workflows.office.folder import found_office
from auditor_app.workflows.office.receiving import receive_mailbox


class TestOffice:
    """A real office in a folder, with a folder for a mailbox."""

    __test__ = False

    def __init__(self, folder):
        self.mailbox = folder / "mailbox"
        self.mailbox.mkdir(parents=True)
        self.office = found_office(folder / "office", "Cordillera Assurance Office", SystemClock(), mailbox=str(self.mailbox))

    def answer(self, request):
        """Give the answer to an auditor's request."""
        return enrol(self.office, request)[0]

    def receive(self):
        """Receive what is in the mailbox."""
        return receive_mailbox(self.office)


def enrolled(workspace, office):
    """Enrol the auditor of a workspace, without the window."""
    from auditor_app.workflows.identity import enrolment_request, import_enrolment

    import_enrolment(workspace, office.answer(enrolment_request(workspace)))
