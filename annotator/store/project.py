"""A project file, open: what it is, and the gesture through which it is written."""

import datetime
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from annotator import paths
from annotator.core import operations as op
from annotator.core.errors import UserError
from annotator.core.model import LEAD, Layer
from annotator.core.operations import Operation, Scope
from annotator.core.schematoml import read_schema
from annotator.core.uids import new_project
from annotator.store import journal, journalreading, opening, sealing, trouble, unrecorded
from annotator.store.bulk import last_id
from annotator.store.contents import Contents
from annotator.store.journalreading import Lacking
from annotator.store.replica import Replicas, replica_of
from annotator.store.transaction import Clock, Gesture, Part, committed
from annotator.store.turn import Turn
from annotator.store.whereabouts import ANYWHERE, OnlyRead, Whereabouts

if TYPE_CHECKING:
    from annotator.store.journalgathering import Gathered

ANNOTATABLE = "headline lead body subhead caption"
Now = Callable[[], str]


def utc_minute() -> str:
    """Return the time, UTC, to the minute: `2026-11-21T18:40Z`."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%MZ")


class Project(Contents):
    """One project file on one connection; each thread opens its own and they share a `Turn`."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        *,
        replica: str = "",
        turn: Turn | None = None,
        now: Now = utc_minute,
        whereabouts: Whereabouts = ANYWHERE,
    ) -> None:
        super().__init__(connection)
        self.path = path
        self.whereabouts = whereabouts
        self.turn = turn or Turn()
        self._now = now
        self._replica = replica
        self._replicas: Replicas | None = None
        self._second = journal.SecondRecord(connection)
        self._tables = opening.Known(connection, path)
        self._counter = 0
        self.examined_as: tuple[int, int] | None = None  # size and time, when nothing was found
        self.is_waited_for = False  # a window stands still while this reads

    # --- opening and closing ---

    @classmethod
    def create(cls, path: Path, toml: str, title: str = "") -> Self:
        """Make a project file at `path` with the label schema `toml`; refuse an existing file."""
        read_schema(toml)
        uid = new_project()
        opening.make_file(path, lambda made: cls._first_rows(made, path, uid, toml, title))
        project = cls.open(path)
        project._begin_journal()  # noqa: SLF001  # its own
        return project

    @classmethod
    def _first_rows(
        cls, connection: sqlite3.Connection, path: Path, uid: str, toml: str, title: str
    ) -> None:
        title = (title or path.stem).encode("utf-8", "replace").decode()
        settings = {"project": uid, "title": title, "role": LEAD, "times": "minute"}
        settings |= {"annotatable": ANNOTATABLE, "indexed": "0"}
        connection.executemany("INSERT INTO settings(name,value) VALUES(?,?)", settings.items())
        sealing.seal_settings(connection)
        project = cls(connection, path, replica=replica_of(uid, path, paths.data_folder()))
        with project.transaction("new", LEAD) as gesture:
            gesture.within(op.PROJECT).set(op.LABEL_SCHEMA, "", {"toml": toml})

    @classmethod
    def open(
        cls,
        path: Path,
        turn: Turn | None = None,
        now: Now = utc_minute,
        timeout: float = opening.PATIENCE,
    ) -> Self:
        """Open the project file at `path`; raise `UserError` with what it is instead.

        `timeout` is how long each step waits for another program that holds it, in seconds.
        """
        connection, whereabouts = opening.open_there(path, timeout)
        try:
            return cls(connection, path, turn=turn, now=now, whereabouts=whereabouts)
        except (KeyError, sqlite3.Error) as error:  # settings that every file has
            connection.close()
            known = error if isinstance(error, sqlite3.Error) else None
            named = trouble.named(known, path.name, is_reading=True) if known else None
            raise named or UserError("damaged", path=path.name) from error

    @property
    def is_only_read(self) -> bool:
        """Whether the file stands for another one and is only read."""
        return isinstance(self.whereabouts, OnlyRead)

    def close(self) -> None:
        """Close the connection. Nothing waits to be saved: every gesture already is."""
        self._second.end()
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_writing(self) -> bool:
        """Whether a gesture is being written on this connection."""
        return self.connection.in_transaction

    # --- its name at this place, and its second record ---

    @property
    def replicas(self) -> Replicas:
        """The names that this file had at this place, the one in force last."""
        if self._replicas is None:
            self._replicas = Replicas(self.uid + self._handed, self.path, paths.data_folder())
        return self._replicas

    @property
    def replica(self) -> str:
        """The name of this file at this place, drawn at the first write."""
        if not self._replica:
            self._replica = self.replicas.current()
        return self._replica

    def lacking(self) -> dict[str, Lacking]:
        """Return what this file lacks of the journals of its names at this place.

        They are read whole where something waits in them. Raise `OSError` where one cannot be.
        """
        return journalreading.lacking_of(self.connection, self.uid, self.replicas)

    def knows(self, name: str) -> bool:
        """Whether the operation called `name` is in the history."""
        return journalreading.is_there(self.connection, name)

    def name_anew(self) -> None:
        """Go on under another name, since a number of this one might be given twice."""
        self._replica = self.replicas.draw_anew()
        self._counter = 0
        self._second.end()

    @property
    def second_record(self) -> UserError | None:
        """Why gestures are not written down a second time now; None where they are."""
        return self._second.trouble

    def try_second_record(self) -> None:
        """Write down what could not be written down a second time."""
        if self._second.trouble is not None:
            self._begin_if_it_can_be()
            self._second.try_again()

    # --- the one way in ---

    @contextmanager
    def committed(
        self,
        made: Sequence[Operation] = (),
        *,
        gathered: "Gathered | None" = None,
        is_kept_twice: bool = False,
    ) -> Iterator[None]:
        """Run a block in one transaction of this file, where it stands at its place.

        Whatever it adds to the history is written down a second time, unless it `is_kept_twice`
        already; by the end of the block a gesture's operations are `made`, what came is `gathered`,
        and others are read back.
        """
        try:
            with committed(self.connection, self.path.name, self.whereabouts):
                self._tables.refuse_changed()
                last = last_id(self.connection, "operations")
                yield
                news = journal.NONE
                if gathered is not None:
                    came = gathered.chunks(last)
                    news = journal.news_that_came(self.connection, lambda: self.replica, last, came)
                elif not is_kept_twice:
                    news = journal.news(self.connection, lambda: self.replica, last, made)
                unrecorded.keep(self.connection, self._replicas, self._second)
        except BaseException:
            self._schema = None  # it may have been another in what is rolled back
            raise
        self._write_down(news)

    def _write_down(self, news: journal.News) -> None:
        """Write down a second time what a transaction brought: it is saved, nothing is raised."""
        if news.last > news.after:
            self._begin_if_it_can_be()
            self._second.add(news)

    def _begin_if_it_can_be(self) -> None:
        try:
            self.begin_second_record()
            self.replicas.write_down()
        except sqlite3.Error as error:
            self._second.put_off(error)

    def _begin_journal(self) -> None:
        """Write down a second time what a file that was just made began with."""
        self._second.begin(journal.path_of(self.uid, self.replica))
        self._second.add(journal.news(self.connection, lambda: self.replica, 0))
        if self.replicas.is_unwritten:
            with self.committed():
                pass  # the file notes it

    def begin_second_record(self) -> None:
        """Find the name under which this file goes on, and its journal; none without a place.

        What a crash left in the file alone is added to the journal.
        """
        if self._second.has_begun or not self.whereabouts.path:
            return
        found = journalreading.agreed(self.connection, self.uid, self.replicas)
        self._replica = found.replica
        self._second.begin(journal.path_of(self.uid, self._replica))
        self._second.add_lines(found.missing)
        if found.from_file:
            self._second.add(journal.News(0, last_id(self.connection, "operations")))

    def interrupt(self) -> None:
        """Break off what the connection does this moment, from any thread: `cancelled` is raised.

        A transaction under way is rolled back. Nothing where the project is closed.
        """
        with suppress(sqlite3.ProgrammingError):
            self.connection.interrupt()

    @contextmanager
    def transaction(self, kind: str, who: str, *, by_person: bool = True) -> Iterator[Gesture]:
        """Write one gesture, in as many scopes as it touches: all of it or nothing.

        `kind` is what history calls it, `who` an annotator's uid or the role lead. The operations
        are on the gesture once the block has ended.
        """
        made: list[Operation] = []
        with self.turn.taken(by_person), trouble.reading(self), self.committed(made):
            clock = self.clock()
            gesture = Gesture(self, clock, kind=kind, who=who, at=self.time())
            yield gesture
            gesture.record()
            made += gesture.operations
        self._counter = clock.counter

    @contextmanager
    def gesture(self, layer: Layer, kind: str, *, even_done: bool = False) -> Iterator[Part]:
        """Write one gesture in one layer, in the name of its annotator."""
        scope = Scope(layer.article, layer.annotator)
        with self.transaction(kind, layer.annotator) as gesture:
            yield gesture.within(scope, even_done=even_done)

    def time(self) -> str:
        """Return the time that operations carry: UTC to the minute, or nothing by setting."""
        return self._now() if self.keeps_times else ""

    def clock(self) -> Clock:
        """Return where this replica's counters stand in the file.

        Raise `file_went_back` where they stood further on already.
        """
        self.begin_second_record()
        counters = self._counters()
        counter = counters.get(self.replica, (0, 0))[0]
        if counter < self._counter:
            raise UserError("file_went_back", path=self.path.name)
        lamport = max((lamport for _, lamport in counters.values()), default=0)
        return Clock(self.replica, counter, lamport)

    def has_gone_back(self) -> bool:
        """Whether the file is older than this connection left it: a copy was written over it."""
        return self._counters().get(self.replica, (0, 0))[0] < self._counter

    def _counters(self) -> dict[str, tuple[int, int]]:
        query = "SELECT replica,counter,lamport FROM replicas"
        return {name: (counter, n) for name, counter, n in self.connection.execute(query)}
