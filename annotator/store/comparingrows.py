"""Rows of labels as columns, for many layers at once: what `comparing` reads."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
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
) -> tuple[Numbers, ...]:
    """Return the columns of a query of `_together`: numbers, and names as their numbers last."""
    columns = tuple(array("q") for _ in range(n))
    cursor = project.connection.execute(query, (orjson.dumps(list(given)).decode(),))
    while rows := cursor.fetchmany(_LAYERS):
        *numbered, last = zip(*rows, strict=True)
        for column, texts in zip(columns, numbered, strict=False):
            column.extend(map(int, ",".join(texts).split(",")))
        told = [name for texts in last for name in orjson.loads(texts)]
        known = {name: names.number(name) for name in dict.fromkeys(told)}
        columns[-1].extend(map(known.__getitem__, told))
    return columns


def _together(columns: Sequence[str], name: str, rest: str) -> str:
    """Return a query with a row for a layer: each column of numbers as one text, names as JSON.

    SQLite puts rows together several times as fast as Python takes them one by one.
    """
    told = ",".join(f"group_concat({column})" for column in columns)
    return f"SELECT {told},json_group_array({name}) FROM {rest} GROUP BY x.layer"


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
    project: Project, layers: Iterable[int], table: str, names: Numbering
) -> tuple[Numbers, ...]:
    """Return layer, start, end, type and row of the labels in `table`."""
    query = _together(
        ("x.layer", "x.start", 'x."end"', "x.id"), "x.type", f"{table} x WHERE x.{_OF_LAYERS}"
    )
    layer, start, end, row, type_ = named(project, query, layers, 5, names)
    return layer, start, end, type_, row


def arguments(project: Project, layers: Iterable[int], names: Numbering) -> tuple[Numbers, ...]:
    """Return the row of the event, role, start and end of the filler of each argument."""
    query = _together(
        ("v.id", "coalesce(e.start,w.start)", 'coalesce(e."end",w."end")'),
        "x.role",
        "arguments x JOIN events v ON v.uid=x.event AND v.layer=x.layer"
        " LEFT JOIN entities e ON e.uid=x.filler AND e.layer=x.layer"
        " LEFT JOIN events w ON w.uid=x.filler AND w.layer=x.layer"
        f" WHERE x.{_OF_LAYERS} AND (e.id IS NOT NULL OR w.id IS NOT NULL)",
    )
    event, start, end, role = named(project, query, layers, 4, names)
    return event, role, start, end


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
    for table, link in (("entities", "e.link"), ("events", "''")):
        query = (
            f'SELECT x.layer,x.uid,e.start,e."end",{link} FROM ({_POINTED_TO}) x'
            f" JOIN {table} e ON e.uid=x.uid AND e.layer=x.layer ORDER BY x.layer,e.start,e.uid"
        )
        yield from each(project, query, layers)


def stances(
    project: Project, layers: Iterable[int], names: Numbering
) -> Iterator[tuple[int, str, str, str, str, str, int, str, int]]:
    """Yield layer, uid, both parties, number of the value, voice, and number of the topic or 0."""
    query = (
        "SELECT layer,uid,holder_kind,holder,target_kind,target,value,voice FROM stances"
        f" WHERE {_OF_LAYERS} ORDER BY layer,uid"
    )
    for *told, value, voice in each(project, query, layers):
        layer, uid, holder_kind, holder, target_kind, target = told
        topic = names.number(target) if target_kind == "topic" else 0
        number = names.number(value)
        yield layer, uid, holder_kind, holder, target_kind, target, number, voice, topic


def evidence(
    project: Project, layers: Iterable[int]
) -> dict[tuple[int, str], list[tuple[int, int]]]:
    """Return where stances are seen, by layer and uid."""
    query = (
        'SELECT x.layer,x.uid,s.start,s."end" FROM stances x JOIN spans s ON s.layer=x.layer'
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
    for layer, question, values in each(project, query, layers):
        if question not in kinds:
            continue
        for value in [""] if kinds[question] == "text" else orjson.loads(values):
            row = (layer, names.number(question), names.number(value))
            for column, number in zip(columns, row, strict=True):
                column.append(number)
    return columns
