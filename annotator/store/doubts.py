"""Layers in which questions to the lead stand, and articles that were withdrawn."""

from annotator.core.model import Article
from annotator.store.project import Project
from annotator.store.tables import LABEL_TABLES

_ASKED = " UNION ".join(
    f"SELECT layer FROM {table} WHERE doubt<>''" for table in LABEL_TABLES.values()
)
_LAYERS = (
    "SELECT a.sha256,n.uid FROM layers l JOIN articles a ON a.id=l.article"
    " JOIN annotators n ON n.id=l.annotator WHERE a.withdrawn=0 AND n.kind='human'"
    f" AND l.id IN ({_ASKED}) ORDER BY a.id,n.id"
)
_WITHDRAWN = (
    "SELECT sha256,title,length,source,language,meta FROM articles WHERE withdrawn=1 ORDER BY id"
)


def layers_that_ask(project: Project) -> list[tuple[str, str]]:
    """Return article (SHA-256) and annotator (uid) of layers of people with a question."""
    return project.connection.execute(_LAYERS).fetchall()


def withdrawn_articles(project: Project) -> list[Article]:
    """Return the articles that are withdrawn, in the order in which they came."""
    return [Article(*row) for row in project.connection.execute(_WITHDRAWN)]
