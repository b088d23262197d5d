"""The entities of one annotator as names: how often each is labelled how, and layer by layer."""

from collections.abc import Iterator

import msgspec

from annotator.store.project import Project
from annotator.store.trouble import reads

_OF_ONE = (
    "l.annotator=(SELECT id FROM annotators WHERE uid=?) AND l.status IN ('started','done')"
    " AND a.withdrawn=0"
)
_WHOLE = 's.layer=e.layer AND s.label=e.uid AND s.part=\'extent\' AND s.n=0 AND s."end"=e."end"'
_COUNTED = (
    "SELECT s.quote,e.type,count(*) FROM layers l JOIN articles a ON a.id=l.article"
    f" JOIN entities e ON e.layer=l.id JOIN spans s ON {_WHOLE} WHERE {_OF_ONE}"
    " GROUP BY s.quote,e.type"
)
_LAYERS = (
    "SELECT l.id,a.id,a.sha256,l.status FROM layers l JOIN articles a ON a.id=l.article"
    f" WHERE {_OF_ONE} AND a.id>? ORDER BY a.id LIMIT ?"
)
_N_LAYERS = f"SELECT count(*) FROM layers l JOIN articles a ON a.id=l.article WHERE {_OF_ONE}"
_MENTIONS = (
    "SELECT e.uid,e.type,e.start,e.\"end\",coalesce(s.quote,'') FROM entities e"
    f' LEFT JOIN spans s ON {_WHOLE} WHERE e.layer=? ORDER BY e.start,e."end",e.uid'
)


class BegunLayer(msgspec.Struct, frozen=True):
    """A layer that is started or done: row ids of it and of its article, and the SHA-256."""

    row: int
    article: int
    sha256: str
    status: str


class Mention(msgspec.Struct, frozen=True):
    """An entity: its hull and its quote; of one with several spans the quote is empty."""

    uid: str
    type: str
    start: int
    end: int
    quote: str


@reads
def counted(project: Project, annotator: str) -> Iterator[tuple[str, str, int]]:
    """Yield quote, type and number of the entities of `annotator` (a uid) in layers begun."""
    yield from project.connection.execute(_COUNTED, (annotator,))


@reads
def layers_begun(project: Project, annotator: str, after: int, limit: int) -> list[BegunLayer]:
    """Return the next `limit` layers of `annotator` behind the article with row id `after`."""
    rows = project.connection.execute(_LAYERS, (annotator, after, limit))
    return [BegunLayer(*row) for row in rows]


@reads
def n_layers_begun(project: Project, annotator: str) -> int:
    """Return how many layers of `annotator` (a uid) are started or done."""
    return int(project.connection.execute(_N_LAYERS, (annotator,)).fetchone()[0])


@reads
def mentions(project: Project, layer: int) -> list[Mention]:
    """Return the entities of the layer with that row id, in the order of the text."""
    return [Mention(*row) for row in project.connection.execute(_MENTIONS, (layer,))]
