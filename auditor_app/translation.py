"""Program text in the reader's language: one set of gettext catalogues for window, command line and PDF.

Text is marked with `_()` or `plural()` where it is shown. The language belongs to the running context, so a report can be
written in another language than the window's: `with language("es"): ...`. Form text and the auditor's words never pass here.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from auditor_app.errors import NotAllowed
from auditor_app.install_paths import resources

_chosen: ContextVar[str] = ContextVar("language", default="en")


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation("auditor_app", localedir=resources() / "locale", languages=[code], fallback=True)


def _(message: str) -> str:
    """Give a message in the language of this context; English is the source."""
    return _catalogue(_chosen.get()).gettext(message)


def plural(one: str, many: str, count: int) -> str:
    """Give the form for a count, with {count} filled in."""
    return _catalogue(_chosen.get()).ngettext(one, many, count).format(count=count)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark a message for the catalogue; it is translated where it is shown."""
    return message


def languages() -> tuple[str, ...]:
    """List the codes of the languages that the program speaks: English, and those with a catalogue."""
    folder = resources() / "locale"
    codes = sorted(path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/auditor_app.mo")) if folder.is_dir() else []
    return ("en", *(code for code in codes if code != "en"))


def known_language(code: str) -> str:
    """Give the code of a language that the program speaks, also for one written "zh-hans" or "zh". Raises NotAllowed("choice_unknown")."""
    known = {one.casefold(): one for one in languages()}
    written = code.replace("-", "_").casefold()
    found = known.get(written) or {one.partition("_")[0]: full for one, full in known.items()}.get(written)
    if found is None:
        raise NotAllowed("choice_unknown", field="language", value=code, choices=", ".join(languages()))
    return found


def current_language() -> str:
    """Tell the language of this context as its code, e.g. "en"."""
    return _chosen.get()


def reading_locale(code: str) -> str:
    """Give the locale in which dates and numbers of a language are written; English has the day before the month, as most of the world."""
    return "en_GB" if code == "en" else code.replace("-", "_")


@contextmanager
def language(code: str) -> Iterator[None]:
    """Speak another language inside a with-block."""
    token = _chosen.set(code)
    try:
        yield
    finally:
        _chosen.reset(token)
