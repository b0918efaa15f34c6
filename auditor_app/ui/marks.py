"""Which mark stands for which rating, answer or state of a form: by the place in the form's own scale, never by a form's name."""

from auditor_app.form_engine.definition import Form
from auditor_app.ui.glyphs import BAD, GOOD, OPEN, OUTSIDE, PARTLY, WAITING, Mark

_ANSWERS = {"met": GOOD, "partly": PARTLY, "not_met": BAD, "not_seen": WAITING, "not_applicable": OUTSIDE}


def rating_mark(form: Form, key: str) -> Mark:
    """Give the mark of a rating: best, worst, outside the scale, or between."""
    level = form.level(key)
    if level is None:
        return OPEN
    if level.outside_scale:
        return OUTSIDE
    inside = [one.key for one in form.rating.scale if not one.outside_scale]
    return GOOD if key == inside[0] else BAD if key == inside[-1] else PARTLY


def rating_label(form: Form, key: str) -> str:
    """Give the form's words for a rating."""
    level = form.level(key)
    return level.label if level else ""


def answer_mark(form: Form, key: str) -> Mark:
    """Give the mark of an answer: by its usual key, otherwise by its place among the form's answers."""
    keys = [choice.key for choice in form.rating.check_answers]
    if key not in keys:
        return OPEN
    return _ANSWERS.get(key) or (GOOD if key == keys[0] else PARTLY if key != keys[-1] else BAD)


def answer_label(form: Form, key: str) -> str:
    """Give the form's words for an answer."""
    return next((choice.label for choice in form.rating.check_answers if choice.key == key), "")
