"""Records entries and takes files in, saying on standard output what is saved, until it is killed: run by killing.py.

python recording.py WORKSPACE INSTALLATION VISIT CARD SEED, with the age identity of the workspace on standard input.
"""

import itertools
import random
import sys
from pathlib import Path

from auditor_app.vault.keys import read_secret
from auditor_app.workflows.criteria import explain, rate
from auditor_app.workflows.findings import raise_finding, withdraw_finding
from auditor_app.workflows.intake import plan_intake, record_intake, seal_file
from auditor_app.workspace import open_workspace


def main(folder: str, installation: str, visit: str, card: str, seed: str) -> None:
    secret = read_secret(sys.stdin.readline())
    choose = random.Random(int(seed))
    with open_workspace(Path(folder), secret=secret, installation=Path(installation)) as workspace:
        say("open", workspace.device)
        for count in itertools.count():
            number = str(choose.randrange(1, 34))
            words = f"{workspace.device} {count}"
            explain(workspace, visit, number, words)
            say("because", number, words)
            rate(workspace, visit, number, "partially")
            finding, _ = raise_finding(workspace, visit, number, words)
            say("finding", finding, words)
            if count % 3 == 0:
                withdraw_finding(workspace, visit, finding, reason="A mistake.")
                say("withdrawn", finding, words)
            file = Path(card) / f"{choose.randbytes(8).hex()}.bin"
            file.write_bytes(choose.randbytes(choose.choice([10, 5_000, 3_000_000])))
            sealed = seal_file(plan_intake(workspace), file)
            record_intake(workspace, visit, [sealed])
            say("evidence", sealed.object.original, str(file))


def say(*words: str) -> None:
    sys.stdout.write("\t".join(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
