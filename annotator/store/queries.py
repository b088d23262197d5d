"""Reads over the whole project, page by page: nothing counts or holds the whole file."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

import msgspec

from annotator.core.errors import UserError
from annotator.core.model import Annotator, Article, Label, Layer
from annotator.store import storedlabels
from annotator.store.project import Project
from annotator.store.tables import LABEL_TABLES

_PAGE = 500
_BATCH = 32
"""Layers whose labels are read in one go."""
_KIND_ORDER = "CASE n.kind WHEN 'human' THEN 0 WHEN 'machine' THEN 1 ELSE 2 END"
_IS_THERE = (
    "(NOT EXISTS (SELECT 1 FROM taken_back)"
    " OR NOT EXISTS (SELECT 1 FROM operations WHERE layer=l.id)"
    " OR EXISTS (SELECT 1 FROM operations o WHERE o.layer=l.id AND NOT EXISTS"
    "  (SELECT 1 FROM taken_back WHERE operation=o.hash))"
    " OR EXISTS (SELECT 1 FROM assignments s WHERE s.article=a.sha256 AND s.annotator=n.uid))"
)
"""A layer is there from its first operation or assignment; not where all of it is taken back."""
_LAYER = (
    "SELECT l.id,a.sha256,a.title,a.length,a.source,a.language,a.meta,n.uid,n.name,n.kind,"
    f"l.status,l.suggestions,{_KIND_ORDER} FROM articles a JOIN layers l ON l.article=a.id"
    f" JOIN annotators n ON n.id=l.annotator WHERE a.withdrawn=0 AND {_IS_THERE}"
)


class StoredLayer(msgspec.Struct, frozen=True):
    """A layer with its article and annotator; `row` is its row id."""

    row: int
    article: Article
    annotator: Annotator
    layer: Layer


class Filter(msgspec.Struct, frozen=True):
    """Which rows a listing shows: empty fields show all, `limit` 0 is no limit.

    `article` is a uid or SHA-256, `who` a name or uid, `kind` and `type` are of labels.
    """

    article: str = ""
    who: str = ""
    kind: str = ""
    type: str = ""
    status: str = ""
    limit: int = 0


ALL = Filter()


def layers(project: Project, wanted: Filter = ALL) -> Iterator[StoredLayer]:
    """Yield the layers of articles not withdrawn, in the order of export.

    That is by the article's SHA-256, then human before machine before gold, then annotator uid.
    """
    conditions, values = _conditions(project, wanted)
    last: tuple[Any, ...] = ("", -1, "")
    while True:
        query = (
            f"{_LAYER}{conditions} AND a.sha256>=? AND (a.sha256,{_KIND_ORDER},n.uid)>(?,?,?)"
            f" ORDER BY a.sha256,{_KIND_ORDER},n.uid LIMIT {_PAGE}"
        )
        found = project.connection.execute(query, (*values, last[0], *last)).fetchall()
        for row, *article, uid, name, kind, status, suggestions, _ in found:
            sha256, title, length, source, language, meta = article
            yield StoredLayer(
                row,
                Article(sha256, title, length, source, language, meta),
                Annotator(uid, name, kind),
                Layer(sha256, uid, status, suggestions),
            )
        if len(found) < _PAGE:
            return
        last = (found[-1][1], found[-1][12], found[-1][7])


def _conditions(project: Project, wanted: Filter) -> tuple[str, tuple[Any, ...]]:
    conditions, values = "", []
    if wanted.article:
        conditions += " AND a.sha256=?"
        values.append(project.article(wanted.article).sha256)
    if wanted.who:
        conditions += " AND n.uid=?"
        values.append(known_annotator(project, wanted.who).uid)
    if wanted.status:
        conditions += " AND l.status=?"
        values.append(wanted.status)
    return conditions, tuple(values)


def known_annotator(project: Project, name: str) -> Annotator:
    """Return the annotator called `name`, or with that uid; raise `unknown_annotator`."""
    found = project.annotator(name)
    if found is None:
        names = [one.name for one in project.annotators()]
        raise UserError("unknown_annotator", name=name, **({"names": names} if names else {}))
    return found


def labels_of(project: Project, layer: StoredLayer, kind: str = "") -> list[Label]:
    """Return the labels of a layer, all in one moment of the file."""
    return labels_of_layers(project, [layer], kind)[0]


def labels_of_layers(
    project: Project, layers: Sequence[StoredLayer], kind: str = ""
) -> list[list[Label]]:
    """Return the labels of each of `layers`, all in one moment of the file."""
    connection = project.connection
    connection.execute("BEGIN")
    try:
        found = storedlabels.labels_of_layers(connection, [layer.row for layer in layers], kind)
    finally:
        if connection.in_transaction:  # an error of the disk ends it
            connection.execute("ROLLBACK")
    return [found[layer.row] for layer in layers]


def with_labels(
    project: Project, layers: Iterable[StoredLayer], kind: str = ""
) -> Iterator[tuple[StoredLayer, list[Label]]]:
    """Yield each of `layers` with its labels, read some layers at a time."""
    rest = iter(layers)
    while batch := list(itertools.islice(rest, _BATCH)):
        yield from zip(batch, labels_of_layers(project, batch, kind), strict=True)


def articles(project: Project, wanted: Filter = ALL) -> Iterator[tuple[int, Article]]:
    """Yield the articles not withdrawn, with their row ids, in the order in which they came."""
    sha256 = project.article(wanted.article).sha256 if wanted.article else ""
    last = 0
    while True:
        found = project.connection.execute(
            "SELECT id,sha256,title,length,source,language,meta FROM articles"
            f" WHERE id>? AND withdrawn=0 AND (?='' OR sha256=?) ORDER BY id LIMIT {_PAGE}",
            (last, sha256, sha256),
        ).fetchall()
        for row, *article in found:
            yield row, Article(*article)
        if len(found) < _PAGE:
            return
        last = found[-1][0]


def statuses(project: Project, article: int) -> dict[str, str]:
    """Return the status of each layer of the article with that row id, by annotator's name."""
    names = shown_names(project)
    found = project.connection.execute(
        "SELECT n.uid,l.status FROM layers l JOIN annotators n ON n.id=l.annotator"
        f" JOIN articles a ON a.id=l.article WHERE l.article=? AND {_IS_THERE} ORDER BY n.id",
        (article,),
    )
    return {names[uid]: status for uid, status in found}


def operations(project: Project, wanted: Filter = ALL) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of history as far as `wanted` asks for them, in the order in which they came.

    Each is (hash, gesture, kind, article uid, annotator name, who, at, lamport, replica, sequence,
    undoes, body); article and annotator are empty in the project's own scope.
    """
    article = project.article(wanted.article).sha256 if wanted.article else ""
    who = known_annotator(project, wanted.who).uid if wanted.who else ""
    last = 0
    while True:
        found = project.connection.execute(
            "SELECT o.id,o.hash,o.gesture,o.kind,coalesce(a.uid,''),coalesce(n.name,''),o.who,o.at,"
            "o.lamport,o.replica,o.sequence,o.undoes,o.body FROM operations o"
            " LEFT JOIN layers l ON l.id=o.layer LEFT JOIN articles a ON a.id=l.article"
            " LEFT JOIN annotators n ON n.id=l.annotator WHERE o.id>?"
            " AND (?='' OR a.sha256=?"
            "  OR (o.layer IS NULL AND typeof(o.body)='text' AND instr(o.body,?)>0))"
            " AND (?='' OR o.who=? OR n.uid=?) AND (?='' OR o.kind=?)"
            f" ORDER BY o.id LIMIT {_PAGE}",
            (last, article, article, article, who, who, who, wanted.kind, wanted.kind),
        ).fetchall()
        for row in found:
            yield row[1:]
        if len(found) < _PAGE:
            return
        last = found[-1][0]


def count(project: Project, table: str) -> int:
    """Return how many rows `table`, a name written in our code, has."""
    return int(project.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def types_in_layer(
    project: Project, layer: StoredLayer, columns: dict[str, str], wanted: Filter = ALL
) -> dict[str, Counter[str]]:
    """Return how many labels a layer has, by kind and by what stands in the kind's column."""
    found = {}
    for kind, column in columns.items():
        query = f"SELECT {column},count(*) FROM {LABEL_TABLES[kind]} WHERE layer=? GROUP BY 1"
        types = dict(project.connection.execute(query, (layer.row,)).fetchall())
        if wanted.kind in ("", kind):
            shown = {name: n for name, n in types.items() if wanted.type in ("", name)}
            found[kind] = Counter(shown)
    return found


def held_in(project: Project, layer: int) -> list[tuple[str, str, str]]:
    """Return the held labels of the layer with row id `layer`: uid, kind, why."""
    query = "SELECT label,kind,why FROM held WHERE layer=? ORDER BY label"
    return project.connection.execute(query, (layer,)).fetchall()


def label_stretches(project: Project, article: str) -> list[list[tuple[int, int]]]:
    """Return where each label lies, in all layers of an article: its hull, or its evidence."""
    query = (
        'SELECT s.layer,s.label,min(s.start),max(s."end") FROM articles a'
        " JOIN layers l ON l.article=a.id JOIN spans s ON s.layer=l.id WHERE a.sha256=?"
        " GROUP BY s.layer,s.label,CASE s.part WHEN 'evidence' THEN s.n ELSE -1 END"
        " ORDER BY s.layer,s.label"
    )
    rows = project.connection.execute(query, (article,))
    return [[row[2:] for row in some] for _, some in itertools.groupby(rows, itemgetter(0, 1))]


def shown_names(project: Project) -> dict[str, str]:
    """Return what each annotator, by uid, is called: with the uid where two share a name."""
    everyone = project.annotators()
    n_of = Counter(one.name for one in everyone)
    return {
        one.uid: one.name if n_of[one.name] == 1 else f"{one.name} ({one.uid})" for one in everyone
    }


def doubt_answers(project: Project, uids: Iterable[str]) -> dict[str, str]:
    """Return what a lead answered to the questions on the labels `uids`."""
    query = "SELECT text FROM doubt_answers WHERE label=?"
    found = ((uid, project.connection.execute(query, (uid,)).fetchone()) for uid in uids)
    return {uid: row[0] for uid, row in found if row}
