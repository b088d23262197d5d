"""A label schema made of the types that labels use, where the one of the project is gone."""

import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress

from annotator.core import operations as op
from annotator.core.bodies import label_from
from annotator.core.errors import UserError
from annotator.core.model import KINDS, Label, Stance
from annotator.core.schematoml import read_schema
from annotator.store import history

_LEAST = '[schema]\nname = "recovered"\nversion = "1"\n\n[[entity]]\nid = "LABEL"\n'
_OF_WORK = (ValueError, KeyError, TypeError, IndexError, AttributeError, zlib.error)
Used = dict[str, dict[str, None]]
"""Names in the order in which they come up, by what they name."""


def made_of(connection: sqlite3.Connection) -> str:
    """Return the TOML of a label schema in which all types of the history have a place.

    Where that is no label schema, for what it names may be anything, one with a single type.
    """
    used: Used = defaultdict(dict)
    for (body,) in connection.execute("SELECT body FROM operations WHERE layer IS NOT NULL"):
        with suppress(*_OF_WORK):
            for change in op.changes_from(history.plain_body(body)):
                if change.after is not None and change.kind in KINDS:
                    _take(used, change.kind, label_from(change.kind, change.uid, change.after))
    toml = "\n".join(_lines(used))
    try:
        read_schema(toml)
    except UserError:
        return _LEAST
    return toml


def _take(used: Used, kind: str, label: Label) -> None:
    used[kind][label.type] = None
    if isinstance(label, Stance) and label.target.kind == "topic":
        used["topic"][label.target.ref] = None


def _lines(used: Used) -> Iterator[str]:
    yield _LEAST.rpartition("[[")[0]
    entities = list(used["entity"]) or ["LABEL"]
    for name in entities:
        yield f"[[entity]]\nid = {_said(name)}\n"
    roles = ", ".join(
        f'{{id = {_said(name)}, fillers = ["entity", "event"]}}' for name in used["argument"]
    )
    for name in used["event"]:
        yield f"[[event]]\nid = {_said(name)}\nroles = [{roles}]\n"
    if used["stance"]:
        values = ", ".join(f"{{id = {_said(name)}}}" for name in used["stance"])
        yield f"[stance]\nvalues = [{values}]\nholders = {_listed(entities)}"
        yield 'targets = ["topic", "entity", "event"]\n'
    for name in used["topic"]:
        yield f"[[topic]]\nid = {_said(name)}\n"
    for name in used["relation"]:
        ends = '["entity", "event"]'
        yield f"[[relation]]\nid = {_said(name)}\nsources = {ends}\ntargets = {ends}\n"
    for name in used["answer"]:
        yield f'[[question]]\nid = {_said(name)}\nkind = "text"\n'


def _listed(names: Iterable[str]) -> str:
    return f"[{', '.join(map(_said, names))}]"


def _said(name: str) -> str:
    """Return a name as a string of TOML, which JSON spells alike."""
    return json.dumps(name, ensure_ascii=False)
