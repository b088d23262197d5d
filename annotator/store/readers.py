"""Who reads what in a project: articles with their readers, and how far each reader has come."""

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.core.model import Region
from annotator.core.places import annotatable_parts
from annotator.store.project import Project

_READERS = (
    "SELECT article,annotator FROM assignments s WHERE NOT EXISTS"
    " (SELECT 1 FROM annotators WHERE uid=s.annotator AND kind<>'human')"
    " UNION SELECT a.sha256,n.uid FROM layers l JOIN articles a ON a.id=l.article"
    " JOIN annotators n ON n.id=l.annotator WHERE n.kind='human'"
)


@dataclass(frozen=True, slots=True)
class Readable:
    """An article that can be assigned, with its text and regions: `row` is its row id."""

    row: int
    sha256: str
    source: str
    text: str
    regions: tuple[Region, ...]

    def annotatable(self, roles: frozenset[str]) -> str:
        """Return the text in regions of `roles`, all of it where there is none."""
        parts = annotatable_parts(self.regions, roles)
        return "\n".join(self.text[start:end] for start, end in parts) if parts else self.text


@dataclass(frozen=True, slots=True)
class Assigned:
    """An assigned article that is not withdrawn: whose, and the status of the reading."""

    annotator: str
    article: str
    status: str


def readable(project: Project) -> Iterator[Readable]:
    """Yield the articles that are not withdrawn, in the order in which they came."""
    connection, last = project.connection, 0
    while found := connection.execute(_PAGE, (last,)).fetchall():
        regions: dict[int, list[Region]] = {}
        for row, *region in connection.execute(_REGIONS, (found[0][0], found[-1][0])):
            regions.setdefault(row, []).append(Region(*region))
        for row, sha256, source, text in found:
            yield Readable(row, sha256, source, text, tuple(regions.get(row, ())))
        last = found[-1][0]


def readers(project: Project) -> dict[str, frozenset[str]]:
    """Return by article (SHA-256) the uids of the people who are to read it or have begun to."""
    found: dict[str, set[str]] = {}
    for article, annotator in project.connection.execute(_READERS):
        found.setdefault(article, set()).add(annotator)
    return {article: frozenset(uids) for article, uids in found.items()}


def n_readable(project: Project) -> int:
    """Return how many articles are not withdrawn."""
    query = "SELECT count(*) FROM articles WHERE withdrawn=0"
    return int(project.connection.execute(query).fetchone()[0])


def assigned(project: Project) -> Iterator[Assigned]:
    """Yield the assignments of articles that are not withdrawn, with the status of their layers."""
    query = (
        "SELECT s.annotator,s.article,coalesce(l.status,'new') FROM assignments s"
        " JOIN articles a ON a.sha256=s.article LEFT JOIN annotators n ON n.uid=s.annotator"
        " LEFT JOIN layers l ON l.article=a.id AND l.annotator=n.id"
        " WHERE a.withdrawn=0 ORDER BY s.annotator,a.id"
    )
    return (Assigned(*row) for row in project.connection.execute(query))


def articles_of(project: Project, annotator: str) -> list[str]:
    """Return the articles (SHA-256) that `annotator` is to read or has begun to, sorted."""
    given = (one.article for one in assigned(project) if one.annotator == annotator)
    return sorted({*given, *begun(project, annotator)})


def begun(project: Project, annotator: str) -> list[str]:
    """Return the articles (SHA-256) in whose layer of `annotator` something was done."""
    query = (
        "SELECT a.sha256 FROM layers l JOIN articles a ON a.id=l.article"
        " JOIN annotators n ON n.id=l.annotator WHERE n.uid=? AND a.withdrawn=0"
        " AND EXISTS (SELECT 1 FROM operations WHERE layer=l.id) ORDER BY a.id"
    )
    return [row[0] for row in project.connection.execute(query, (annotator,))]


_PAGE = (
    "SELECT a.id,a.sha256,a.source,t.text FROM articles a JOIN texts t ON t.article=a.id"
    " WHERE a.withdrawn=0 AND a.id>? ORDER BY a.id LIMIT 500"
)
_REGIONS = (
    'SELECT article,start,"end",role,source FROM regions WHERE article BETWEEN ? AND ?'
    " ORDER BY article,start"
)
