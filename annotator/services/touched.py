"""Articles looked at before they go out, or before others' work comes into them.

Each text is counted against its hash. Where there are few layers their history is folded anew and
compared with their labels too; of many that would take as long as the export itself, and a full
examination does it once a week.
"""

from collections.abc import Iterable

from annotator.core.errors import UserError
from annotator.store import queries
from annotator.store.doctortouched import Touched
from annotator.store.newarticles import is_known
from annotator.store.project import Project

REPLAYED_AT_MOST = 500
"""Layers of a project in which history is folded anew: it takes half a second then."""


class LookedOver:
    """Looks over articles of a project one by one, each once while it is asked for in a row."""

    def __init__(self, project: Project) -> None:
        is_small = queries.count(project, "layers") <= REPLAYED_AT_MOST
        self._touched = Touched(project, is_replayed=is_small)
        self._last = ""

    def refuse_unsound(self, article: str) -> None:
        """Raise `unsound_article` where an article (its SHA-256) is not as it was kept."""
        if article == self._last:
            return
        for finding in self._touched.findings(article):
            raise UserError("unsound_article", article=article[:16], finding=finding.code)
        self._last = article


def refuse_unsound(project: Project, articles: Iterable[str]) -> None:
    """Raise `unsound_article` where one of `articles` (SHA-256s) is not as it was kept.

    Those that the project has not are passed over.
    """
    over = LookedOver(project)
    for article in articles:
        if is_known(project, article):
            over.refuse_unsound(article)
