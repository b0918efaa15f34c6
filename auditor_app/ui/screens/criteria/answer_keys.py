"""Single keys for answers: the first free letter of each answer's words, so that M is Met and P is Partly. Free of Qt widgets."""

import unicodedata
from string import ascii_lowercase

from auditor_app.form_engine.definition import Choice, Form
from auditor_app.translation import _


def answer_keys(form: Form) -> dict[str, str]:
    """Give each answer of a form its letter: that of its first word, or of the next one, or any that is free."""
    keys: dict[str, str] = {}
    for choice in form.rating.check_answers:
        free = (letter for letter in _letters(choice) if letter not in keys)
        letter = next(free, "")
        if letter:
            keys[letter] = choice.key
    return keys


def keys_words(form: Form) -> str:
    """Say which key is which answer: "M Met · P Partly · Enter next"."""
    labels = {choice.key: choice.label for choice in form.rating.check_answers}
    parts = [f"{letter.upper()} {labels[answer]}" for letter, answer in answer_keys(form).items()]
    return " · ".join((*parts, _("Enter next")))


def _letters(choice: Choice) -> str:
    plain = unicodedata.normalize("NFKD", choice.label).casefold()
    words = ["".join(letter for letter in word if letter in ascii_lowercase) for word in plain.split()]
    return "".join(word[:1] for word in words) + "".join(words) + ascii_lowercase
