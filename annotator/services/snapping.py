"""What of a word a label takes: the default of a double click, and of a key at a word."""

import functools

from annotator.arabic.cliticpolicy import Words, kept_to, words_of
from annotator.core.errors import UserError
from annotator.store.project import Project
from annotator.store.wordcounts import n_articles_with

Place = tuple[int, int]


def as_labelled(project: Project, policy: str, text: str, start: int, end: int) -> Place:
    """Return what the clitic `policy` of the label schema makes of the word `[start, end)`.

    In how many articles a word stands says what is likely a clitic; while another program holds the
    file, the words of the article do.
    """
    known = Words(functools.partial(n_articles_with, project))
    try:
        return kept_to(policy, text, start, end, known)
    except UserError:  # nothing is lost: it is only a guess, and edges can be moved
        return kept_to(policy, text, start, end, words_of(text))
