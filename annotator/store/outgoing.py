"""What goes out of a file: operations as lines of canonical JSON, and articles.

History is only added to, so what was there at the beginning is one moment of the file without any
lock: rows above the last one of that moment are passed over.

Under its hash an operation goes out, or not at all: a line is compared with the hash that is kept
beside it, so that damage never gets a valid name elsewhere. Gaps in a chain are no hindrance: what
is missing may be on its way, and whoever merges is told of it.
"""

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from annotator.core import operations as op
from annotator.core.bundles import ArticleRecord
from annotator.core.canonical import text_digest
from annotator.core.errors import UserError
from annotator.core.operations import Operation, Scope
from annotator.store import givenregions, history
from annotator.store.bulk import last_id
from annotator.store.doctorfindings import DETAILS
from annotator.store.givenregions import Given
from annotator.store.project import Project
from annotator.store.trouble import sound

LINE_COLUMNS = "o.kind,o.replica,o.sequence,o.prev,o.lamport,o.who,o.at,o.gesture,o.undoes,o.body"
_OF_SCOPE = (
    f"SELECT o.hash,{LINE_COLUMNS} FROM operations o WHERE o.layer IS ? AND o.id<=?"
    " ORDER BY o.lamport,o.replica,o.sequence,o.hash"
)
_LAYERS = (
    "SELECT l.id,a.sha256,n.uid FROM layers l JOIN articles a ON a.id=l.article"
    " JOIN annotators n ON n.id=l.annotator WHERE (?='' OR n.uid=?)"
    " AND EXISTS (SELECT 1 FROM operations WHERE layer=l.id AND id<=?)"
    " ORDER BY n.uid,a.sha256"
)
_OF_NO_LAYER = (
    "SELECT EXISTS (SELECT 1 FROM operations WHERE layer IS NOT NULL AND layer NOT IN (SELECT l.id"
    " FROM layers l JOIN articles a ON a.id=l.article JOIN annotators n ON n.id=l.annotator))"
)
_ARTICLES = (
    "SELECT a.id,a.sha256,a.title,a.source,a.language,a.meta,a.encoding,a.rules FROM articles a"
)
_OF_ANNOTATOR = (
    " WHERE EXISTS (SELECT 1 FROM layers l JOIN annotators n ON n.id=l.annotator"
    " WHERE l.article=a.id AND n.uid=?)"
)


class Outgoing:
    """What goes out of `project`: all of it, or the layers of one annotator (a uid)."""

    def __init__(self, project: Project, annotator: str = "") -> None:
        """Take down the moment; nothing is read yet."""
        self._project = project
        self._connection = project.connection
        self._annotator = annotator
        self._last = last_id(project.connection, "operations")
        key = (annotator, annotator, self._last)
        with sound(project.path.name):
            found = self._connection.execute(_LAYERS, key).fetchall()
        self._layers: list[tuple[int, str, str]] = found

    @property
    def n_layers(self) -> int:
        """How many layers have operations."""
        return len(self._layers)

    @property
    def n_operations(self) -> int:
        """How many operations there are, those of the project's scope of everybody included."""
        if not self._annotator:
            return int(self._count("SELECT count(*) FROM operations WHERE id<=?"))
        query = "SELECT count(*) FROM operations WHERE layer=? AND id<=?"
        return sum(self._count(query, layer) for layer, _, _ in self._layers)

    def _count(self, query: str, *key: int) -> int:
        return int(self._connection.execute(query, (*key, self._last)).fetchone()[0])

    def of_project(self) -> list[Operation]:
        """Return the operations of the project's scope in their order, all of them.

        Raise `unsound_history` where one is not what its hash says.
        """
        self._sound_lines(None, op.PROJECT)
        with sound(self._project.path.name):
            return sorted(history.operations_of(self._connection, None), key=op.order)

    def of_layers(self) -> Iterator[bytes]:
        """Yield the operations of the layers as lines, layer by layer, each in its order.

        Raise `unsound_history` where one is not what its hash says, before its layer is begun, and
        before all of them where one belongs to no layer.
        """
        with sound(self._project.path.name):
            (is_lost,) = self._connection.execute(_OF_NO_LAYER).fetchone()
        if is_lost:
            raise UserError("unsound_history", path=self._project.path.name, why="lost")
        for layer, article, annotator in self._layers:
            yield from self._sound_lines(layer, Scope(article, annotator))

    @property
    def n_sound(self) -> int:
        """How many operations are what their hashes say, those of the project's scope included."""
        scopes = [(layer, Scope(*names)) for layer, *names in self._layers]
        return sum(
            holds
            for layer, scope in [(None, op.PROJECT), *scopes]
            for holds, _ in self._lines(layer, scope)
        )

    def _sound_lines(self, layer: int | None, scope: Scope) -> list[bytes]:
        lines = []
        for holds, line in self._lines(layer, scope):
            if not holds:
                raise UserError(
                    "unsound_history",
                    path=self._project.path.name,
                    article=scope.article[:16],
                    why="project" if scope.is_project else "",
                )
            lines.append(line)
        return lines

    def _lines(self, layer: int | None, scope: Scope) -> list[tuple[bool, bytes]]:
        """Return the operations of a scope as lines, each with whether its hash holds."""
        with sound(self._project.path.name):
            found = self._connection.execute(_OF_SCOPE, (layer, self._last)).fetchall()
        return [_checked(scope, name, row) for name, *row in found]

    def articles(self, named_only: Iterable[str] = ()) -> Iterator[ArticleRecord]:
        """Yield the articles with their texts; those of `named_only` (SHA-256s) without."""
        without = frozenset(named_only)
        key = (self._annotator,) if self._annotator else ()
        query = _ARTICLES + (_OF_ANNOTATOR if key else "") + " ORDER BY a.sha256"
        with sound(self._project.path.name):
            found = self._connection.execute(query, key).fetchall()
        for row, sha256, *told in found:
            if sha256 in without:
                yield ArticleRecord(sha256)
            else:
                with sound(self._project.path.name):
                    record = self._whole(row, sha256, told)
                yield record

    def _whole(self, row: int, sha256: str, told: list[str]) -> ArticleRecord:
        query = "SELECT text FROM texts WHERE article=?"
        text = self._connection.execute(query, (row,)).fetchone()[0]
        if text_digest(text) != sha256:
            raise ValueError("an article is named by the hash of its text")
        title, source, language, meta, encoding, rules = told
        regions = self._regions(row, sha256)
        return ArticleRecord(sha256, title, source, language, meta, encoding, rules, regions, text)

    def _regions(self, row: int, sha256: str) -> tuple[Given, ...]:
        """Return the regions that go out with an article.

        With all of the history go those that it came with: what was said since is there. An
        annotator's work goes without it, and with the present ones.
        """
        query = 'SELECT start,"end",role,source FROM regions WHERE article=? ORDER BY start'
        given = None
        if not self._annotator:
            given = givenregions.of_article(self._connection, row, sha256)
            if given is None:
                raise UserError(
                    "unsound_article",
                    path=self._project.path.name,
                    article=sha256[:16],
                    finding=DETAILS,
                    why="given",
                )
        found = given or self._connection.execute(query, (row,)).fetchall()
        return tuple((start, end, role, source) for start, end, role, source in found)


def refuse_altered(project: Project, annotators: Iterable[str] = ()) -> None:
    """Raise `unsound_history` where an operation is not what its hash says, before it goes out.

    Looked at are those of the project's scope, and of the layers of `annotators` (uids).
    """
    Outgoing(project).of_project()
    for annotator in annotators:
        for _ in Outgoing(project, annotator).of_layers():
            pass


def assigned(project: Project, annotator: str) -> frozenset[str]:
    """Return the articles (SHA-256) that are assigned to an annotator."""
    query = "SELECT article FROM assignments WHERE annotator=?"
    with sound(project.path.name):
        return frozenset(name for (name,) in project.connection.execute(query, (annotator,)))


def read_by(project: Project, annotator: str) -> frozenset[str]:
    """Return the articles (SHA-256) that an annotator has, withdrawn ones too."""
    query = (
        "SELECT a.sha256 FROM layers l JOIN articles a ON a.id=l.article"
        " JOIN annotators n ON n.id=l.annotator WHERE n.uid=?"
    )
    found = project.connection.execute(query, (annotator,))
    return assigned(project, annotator).union(name for (name,) in found)


def _checked(scope: Scope, name: str, row: Sequence[Any]) -> tuple[bool, bytes]:
    """Return whether `name` is the hash of a stored operation, and its line: empty if it is none.

    Whatever stands in the columns: a file may be damaged anywhere.
    """
    try:
        line = line_of(scope, row)
    except (zlib.error, ValueError, TypeError, AttributeError):
        return False, b""
    return hashlib.sha256(line).hexdigest() == name, line


def line_of(scope: Scope, row: Sequence[Any]) -> bytes:
    """Return the canonical JSON of a stored operation, given as its `LINE_COLUMNS`.

    Its body is spelled already.
    """
    kind, replica, sequence, prev, lamport, who, at, gesture, undoes, body = row
    numbers = (replica, sequence, prev, lamport)
    head = Operation(kind, scope, *numbers, who, at, gesture, (), undoes)
    return op.around(head, history.spelled_body(body))
