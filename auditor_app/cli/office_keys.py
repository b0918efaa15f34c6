"""`auditor-office key …`: the office's key in shares, joined again, and renewed."""

from pathlib import Path

import click

from auditor_app.cli.terminal import path_argument, say
from auditor_app.clock import SystemClock


class _Shares(click.ParamType[tuple[int, int]]):
    name = "K-of-N"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        needed, _of, count = str(value).partition("-of-")
        if not (needed.isdecimal() and count.isdecimal()):
            self.fail("say how many are needed of how many, such as 3-of-5", param, ctx)
        return int(needed), int(count)


@click.group()
def key() -> None:
    """Keep the office's key in shares, join them, renew the key."""


@key.command()
@click.option("--shares", type=_Shares(), default="3-of-5", show_default=True, metavar="K-of-N", help="How many are needed of how many.")
@click.option("--out", type=path_argument, required=True, help="A new folder for the sheets; it may be a stick.")
@click.pass_obj
def split(folder: Path, shares: tuple[int, int], out: Path) -> None:
    """Write the key as sheets of words, one for each holder, of which any K give it back."""
    from auditor_app.workflows.office import keys
    from auditor_app.workflows.office.folder import open_office

    needed, count = shares
    made = keys.split_key(open_office(folder, SystemClock()), needed, count, out)
    for sheet in made.sheets:
        click.echo(str(sheet))
    say(f"Print the {count} sheets, hand them to their holders, and delete the files.")
    say(f"Any {needed} of them open {made.kept.name}, which is no secret: keep copies of it anywhere.")


@key.command()
@click.argument("sheets", type=path_argument, nargs=-1, required=True)
@click.option("--keys", "kept", type=path_argument, help="office-keys.age: puts back all keys and certificates, into a new folder.")
@click.pass_obj
def join(folder: Path, sheets: tuple[Path, ...], kept: Path | None) -> None:
    """Put the key back from sheets: into the office's folder that has lost it, or with --keys into a new one."""
    from auditor_app.workflows.office import keys

    recipient = keys.join_key(folder, sheets, kept)
    say(f"The key is back in {folder}: {recipient}")


@key.command()
@click.pass_obj
def rotate(folder: Path) -> None:
    """Renew the key. What was sealed to former ones stays readable; sheets of the former key are then to be made anew."""
    from auditor_app.workflows.fingerprints import office_fingerprint
    from auditor_app.workflows.office import keys
    from auditor_app.workflows.office.folder import open_office

    office = keys.rotate(open_office(folder, SystemClock()))
    say(f"The new key is {office.profile.recipient}")
    say(f"Its fingerprint is {office_fingerprint(office.profile)}")
    say("Read it out to auditors who call; “announce” puts the new profile into their outboxes, “profile letter” prints it.")
    say("If the key was in shares, split it again: the sheets give back only the former one.")
