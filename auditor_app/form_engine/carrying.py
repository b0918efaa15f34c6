"""From a criterion of one form to those of another that it grew into, by the carry-over maps of both."""

from auditor_app.form_engine.definition import Form


def carried_to(number: str, before: str, form: Form, former: Form | None = None) -> tuple[str, ...]:
    """Name the criteria of `form` that a criterion of the form called `before` lives on in; none where no map knows.

    `former` is that form itself, where it is at hand: its map counts where the newer form's says nothing of it.
    """
    if before == form.form:
        return (number,) if form.criterion(number) else ()
    if any(before in one.carries_over for one in form.criteria):
        return tuple(str(one.number) for one in form.criteria if number in map(str, one.carries_over.get(before, ())))
    known = former.criterion(number) if former else None
    numbers = known.carries_over.get(form.form, ()) if known else ()
    return tuple(str(one) for one in numbers if form.criterion(str(one)))
