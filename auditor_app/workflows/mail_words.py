"""What a letter from the office brought, in words: one table for every screen and command."""

from auditor_app.translation import N_, _
from auditor_app.workflows.mail import News

WORDS = {
    "receipt": N_("{about}: the office has signed for every file"),
    "refusal": N_("{about}: the office did not take it. {detail}"),
    "profile": N_("The renewed profile of {about} was taken in"),
    "assignment": N_("{detail}: a visit that the office assigned waits to be opened"),
}
"""By the kind of news; `about` is cut to what a person can compare where it is an id."""

REVIEWS = {
    "accepted": N_("The office has accepted the visit"),
    "returned": N_("The office has returned the visit; what it asks is under Hand over and at the criteria and findings"),
    "withdrawn": N_("The office goes no further with the visit"),
}
NEW_KEY = N_("{about} has a new key: {detail}. Ask it by telephone whether that is right, then confirm the key")
_ID = 12


def said(news: News) -> str:
    """Say in one line what a letter brought."""
    template = NEW_KEY if news.kind == "profile" and news.detail else {**WORDS, "review": REVIEWS.get(news.detail, "")}[news.kind]
    return _(template).format(about=news.about if news.kind == "profile" else news.about[:_ID], detail=news.detail)
