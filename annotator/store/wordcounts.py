"""In how many articles a word stands, as far as that is worth knowing."""

from annotator.store.project import Project
from annotator.store.trouble import reads

_ENOUGH = 200
"""Articles that are counted: more make no difference, and a common word is in all of them."""


@reads
def n_articles_with(project: Project, word: str) -> int:
    """Return in how many indexed articles `word`, folded to `letters`, stands: 200 at most."""
    query = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
    phrase = '"' + word.replace('"', '""') + '"'
    return int(project.connection.execute(query, (phrase, _ENOUGH)).fetchone()[0])
