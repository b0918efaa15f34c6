"""What can be wrong with a form file: a code, a place in the file and the value at fault. All are gathered, none stops the rest."""

from dataclasses import asdict, dataclass

from auditor_app.translation import N_


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One problem of a form; `place` is the path in the file, such as criteria[16].checks[2].id, `line` its line."""

    line: int
    place: str
    code: str
    detail: str

    def as_json(self) -> dict[str, str | int]:
        """Give it as plain JSON."""
        return asdict(self)


PROBLEM_WORDS = {
    "not_yaml": N_("This is not readable YAML: {detail}"),
    "not_a_mapping": N_("A form file is a mapping of keys at its top; this is {detail}"),
    "shape": N_("The value does not have the form that the schema asks for: {detail}"),
    "duplicate_key": N_("The same key stands twice: {detail}"),
    "duplicate": N_("This must be unique, but stands twice: {detail}"),
    "unknown_reference": N_("This names something that the form does not have: {detail}"),
    "roll_up_open": N_("The last roll-up rule must be the one that says 'otherwise: true'"),
    "roll_up_unclear": N_("A roll-up rule needs either 'when' with one condition, or 'otherwise: true'"),
    "control_character": N_("The text has invisible control characters: {detail}"),
    "alias": N_("Aliases (*name) are not allowed: write the value out"),
    "tag": N_("Tags are not allowed: {detail}"),
    "too_deep": N_("Lists and mappings stand in one another more than 50 deep"),
    "too_large": N_("A form file is at most 8 MB: {detail}"),
}
