"""The sentence for every error code: what happened, what it means for your work, what to do. One table, read by window and command line.

Values in braces are those that the error was raised with.
"""

from collections import defaultdict

from auditor_app.error_words import office, papers, places, visits
from auditor_app.errors import AuditorAppError
from auditor_app.translation import _

WORDS = {**visits.WORDS, **places.WORDS, **papers.WORDS, **office.WORDS}


def words(error: AuditorAppError) -> str:
    """Give the sentence for an error in the language of the context; an unknown code is shown with its values, never hidden."""
    template = WORDS.get(error.code)
    if template is None:
        return str(error)
    return _(template).format_map(defaultdict(lambda: "?", {name: str(value) for name, value in error.values.items()}))
