"""Rows of labels as columns, for many layers at once: what `comparing` reads."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import orjson

from annotator.core.model import Region
from annotator.core.places import annotatable_parts
from annotator.store.project import Project

if TYPE_CHECKING:
    Numbers = array[int]
else:
    Numbers = array  # which takes no subscript before Python 3.12

OTHER = "\ufffd"
"""Stands for all names after so many that nobody meant them."""
_MOST_NAMES = 60_000
_FETCHED = 20_000
_BITS = 21
"""Offsets are below 2 to the power of this."""
_LAYERS = 500
"""Layers whose rows are taken apart in one go."""


class Numbering:
    """Numbers for names, in the order in which they were met; the empty one is 0."""

    def __init__(self, names: Iterable[str] = ("",)) -> None:
        self.names = list(names)
        self._numbers = {name: at for at, name in enumerate(self.names)}

    def number(self, name: str) -> int:
        """Return the number of `name`, a new one where it has none."""
        found = self._numbers.get(name)
        if found is None and len(self.names) > _MOST_NAMES and name != OTHER:
            return self.number(OTHER)
        if found is None:
            found = self._numbers[name] = len(self.names)
            self.names.append(name)
        return found


def each(project: Project, query: str, given: Iterable[int]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of `query`, which takes row ids as one list."""
    return iter(project.connection.execute(query, (orjson.dumps(list(given)).decode(),)))


def numbers(project: Project, query: str, given: Iterable[int], n: int) -> tuple[Numbers, ...]:
    """Return the columns of `query`, all of them numbers."""
    columns = tuple(array("q") for _ in range(n))
    cursor = project.connection.execute(query, (orjson.dumps(list(given)).decode(),))
    while rows := cursor.fetchmany(_FETCHED):
        for column, values in zip(columns, zip(*rows, strict=True), strict=True):
            column.extend(values)
    return columns


def named(
    project: Project, query: str, given: Iterable[int], n: int, names: Numbering
) -> tuple[Numbers, list[str], Numbers]:
    """Return the columns of a query of `_together`: layers, `n` listings, and numbers of names."""
    layers, last = array("q"), array("q")
    listings: list[list[str]] = [[] for _ in range(n)]
    cursor = project.connection.execute(query, (orjson.dumps(list(given)).decode(),))
    while rows := cursor.fetchmany(_LAYERS):
        of, sizes, *told, lists = zip(*rows, strict=True)
        for layer, size in zip(of, sizes, strict=True):
            layers.extend(array("q", (layer,)) * size)
        for listing, texts in zip(listings, told, strict=True):
            listing += texts
        every = [*chain.from_iterable(orjson.loads(f"[{','.join(lists)}]"))]
        known = {name: names.number(name) for name in dict.fromkeys(every)}
        last.extend(array("q", [known[name] for name in every]))
    return layers, [",".join(texts) for texts in listings], last


def _together(columns: Sequence[str], name: str, rest: str) -> str:
    """Return a query with a row for a layer: each column of numbers as one text, names as JSON.

    SQLite puts rows together several times as fast as Python takes them one by one, and numbers are
    left in the text, which numpy reads as fast as Python would make objects of them.
    """
    told = ",".join(f"group_concat({column})" for column in columns)
    return f"SELECT x.layer,count(*),{told},json_group_array({name}) FROM {rest} GROUP BY x.layer"


_OF_LAYERS = "layer IN (SELECT value FROM json_each(?))"


def texts(project: Project, articles: Sequence[int]) -> tuple[str, ...]:
    """Return the text of each article."""
    query = "SELECT t.article,t.text FROM json_each(?) j CROSS JOIN texts t ON t.article=j.value"
    found = dict(each(project, query, articles))
    return tuple(found[article] for article in articles)


def parts(project: Project, articles: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield the stretches that count: place of the article, start, end. All where none is named."""
    query = (
        'SELECT r.article,r.start,r."end",r.role,r.source FROM json_each(?) j'
        " CROSS JOIN regions r ON r.article=j.value ORDER BY r.article,r.start"
    )
    regions: dict[int, list[Region]] = {}
    for article, *region in each(project, query, articles):
        regions.setdefault(article, []).append(Region(*region))
    query = "SELECT a.id,a.length FROM json_each(?) j CROSS JOIN articles a ON a.id=j.value"
    lengths = dict(each(project, query, articles))
    for at, article in enumerate(articles):
        found = annotatable_parts(regions.get(article, []), project.annotatable)
        for start, end in found or [(0, lengths[article])]:
            yield at, start, end


def placed(
    project: Project,
    layers: Iterable[int],
    table: str,
    names: Numbering,
    *,
    with_rows: bool = True,
) -> tuple[Numbers | str, ...]:
    """Return layer, hull, type and row of the labels in `table`; 0 for rows, if they are left out.

    A hull is start and end as one number: start · 2 to the power of 21 + end.
    """
    columns = (f'x.start<<{_BITS}|x."end"', *(("x.id",) if with_rows else ()))
    query = _together(columns, "x.type", f"{table} x WHERE x.{_OF_LAYERS}")
    layer, (hull, *rows), type_ = named(project, query, layers, len(columns), names)
    return layer, hull, type_, rows[0] if rows else array("q", (0,)) * len(layer)


_FILLERS = f"""
  SELECT a.layer,a.role,v.id AS event,coalesce(
    (SELECT e.start<<{_BITS}|e."end" FROM entities e WHERE e.uid=a.filler AND e.layer=a.layer),
    (SELECT w.start<<{_BITS}|w."end" FROM events w WHERE w.uid=a.filler AND w.layer=a.layer),
    0
  ) AS hull FROM arguments a JOIN events v ON v.uid=a.event AND v.layer=a.layer
  WHERE a.{_OF_LAYERS}"""


def arguments(
    project: Project, layers: Iterable[int], names: Numbering
) -> tuple[Numbers | str, ...]:
    """Return the row of the event, role, and the hull of the filler of each argument.

    The hull is 0 where the filler does not stand.
    """
    query = _together(("x.event", "x.hull"), "x.role", f"({_FILLERS}) x")
    _, (event, hull), role = named(project, query, layers, 2, names)
    return event, role, hull


def gaps(project: Project, layers: Iterable[int]) -> dict[tuple[str, int], str]:
    """Return, for extents of several spans, their kind and row, and where their spans lie."""
    query = (
        "SELECT s.layer,s.label,e.id,v.id FROM spans s INDEXED BY spans_after_the_first"
        " LEFT JOIN entities e ON e.uid=s.label AND e.layer=s.layer"
        " LEFT JOIN events v ON v.uid=s.label AND v.layer=s.layer"
        f" WHERE s.part='extent' AND s.n>0 AND s.{_OF_LAYERS} GROUP BY s.layer,s.label"
    )
    spans = "SELECT start,\"end\" FROM spans WHERE layer=? AND label=? AND part='extent' ORDER BY n"
    found = {}
    for layer, label, entity, event in list(each(project, query, layers)):
        told = project.connection.execute(spans, (layer, label)).fetchall()
        key = ("entity", entity) if entity is not None else ("event", event)
        found[key] = " ".join(f"{start}-{end}" for start, end in told)
    return found


_POINTED_TO = f"""
  SELECT layer,holder AS uid FROM stances WHERE holder_kind='entity' AND {_OF_LAYERS}
  UNION SELECT layer,target FROM stances WHERE target_kind<>'topic' AND {_OF_LAYERS}
  UNION SELECT layer,source_label FROM relations WHERE {_OF_LAYERS}
  UNION SELECT layer,target_label FROM relations WHERE {_OF_LAYERS}""".replace("(?)", "(?1)")


def mentions(project: Project, layers: Iterable[int]) -> Iterator[tuple[int, str, int, int, str]]:
    """Yield what stances and relations point to: layer, uid, start, end, link."""
    pointed_to = list(each(project, _POINTED_TO, layers))
    given = orjson.dumps(pointed_to).decode()
    for table, link in (("entities", "e.link"), ("events", "''")) if pointed_to else ():
        query = (
            f'SELECT e.layer,e.uid,e.start,e."end",{link} FROM json_each(?) j'
            f" CROSS JOIN {table} e ON e.uid=json_extract(j.value,'$[1]')"
            " AND e.layer=json_extract(j.value,'$[0]')"
            " ORDER BY e.layer,e.start,e.uid"
        )
        yield from project.connection.execute(query, (given,))


def stances(
    project: Project, layers: Iterable[int], names: Numbering
) -> Iterator[tuple[int, str, str, str, str, str, int, str, int]]:
    """Yield layer, uid, both parties, number of the value, voice, and number of the topic or 0."""
    query = (
        "SELECT layer,uid,holder_kind,holder,target_kind,target,value,voice FROM stances"
        f" WHERE {_OF_LAYERS} ORDER BY layer,uid"
    )
    number = names.number
    for layer, uid, kind, holder, target_kind, target, value, voice in each(project, query, layers):
        topic = number(target) if target_kind == "topic" else 0
        yield layer, uid, kind, holder, target_kind, target, number(value), voice, topic


def evidence(
    project: Project, layers: Iterable[int]
) -> dict[tuple[int, str], list[tuple[int, int]]]:
    """Return where stances are seen, by layer and uid."""
    query = (
        'SELECT x.layer,x.uid,s.start,s."end" FROM stances x CROSS JOIN spans s ON s.layer=x.layer'
        f" AND s.label=x.uid AND s.part='evidence' WHERE x.{_OF_LAYERS} ORDER BY x.layer,x.uid,s.n"
    )
    found: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for layer, uid, start, end in each(project, query, layers):
        found.setdefault((layer, uid), []).append((start, end))
    return found


RELATIONS = (
    f"SELECT layer,uid,type,source_label,target_label FROM relations WHERE {_OF_LAYERS}"
    " ORDER BY layer,uid"
)


def answers(project: Project, layers: Iterable[int], names: Numbering) -> tuple[Numbers, ...]:
    """Return layer, question and value: a row for each of several values.

    Only of questions of the label schema; an answer in words of one's own has the empty value.
    """
    query = f'SELECT layer,question,"values" FROM answers WHERE {_OF_LAYERS} ORDER BY layer,uid'
    kinds = {one.id: one.kind for one in project.label_schema.questions}
    columns = (array("q"), array("q"), array("q"))
    known: dict[tuple[str, str], list[tuple[int, int]]] = {}  # few are told often
    rows: list[tuple[int, int, int]] = []
    for layer, question, values in each(project, query, layers):
        if question not in kinds:
            continue
        told = known.get((question, values))
        if told is None:
            given = [""] if kinds[question] == "text" else orjson.loads(values)
            told = [(names.number(question), names.number(value)) for value in given]
            known[question, values] = told
        rows += [(layer, *pair) for pair in told]
    for column, found in zip(columns, zip(*rows, strict=True), strict=False):
        column.extend(array("q", found))
    return columns
