"""Changing the types of a label schema: renamed, merged into another, retired.

The TOML is changed in place, so that a person's remarks and order live. Labels keep the type that
they were given; `renamed` says what it is called now. Other parts (roles, values, topics,
questions) have no former names, so only types of entities, events and relations can be changed.
"""

from collections.abc import Callable, Iterator, MutableSequence
from typing import Any

import tomlkit
from tomlkit.items import AoT, Table

from annotator.core.errors import UserError
from annotator.core.labelschema import LabelSchema
from annotator.core.schematoml import read_schema

RENAME, MERGE, RETIRE = "rename", "merge", "retire"
CHANGES = (RENAME, MERGE, RETIRE)
KINDS = ("entity", "event", "relation")


def kind_of_type(schema: LabelSchema, type_id: str) -> str:
    """Return the kind of label whose type is `type_id` now; raise `no_such_type`."""
    kinds = _kinds_of_type(schema, type_id)
    if not kinds:
        raise UserError("no_such_type", type=type_id)
    return kinds[0]


def _kinds_of_type(schema: LabelSchema, type_id: str) -> list[str]:
    ids = (schema.entity_types.keys(), schema.event_types.keys(), schema.relation_types.keys())
    return [kind for kind, known in zip(KINDS, ids, strict=True) if type_id in known]


def changed_toml(toml: str, what: str, old: str, new: str = "") -> str:
    """Return the label schema `toml` with the type `old` changed as `what` says.

    `rename` calls it `new`; `merge` makes its labels those of the type `new`; `retire` keeps it
    for labels that are there and offers it no longer. Raise what is in the way.
    """
    schema = read_schema(toml)
    kind = kind_of_type(schema, old)
    _REFUSE[what](schema, kind, old, new)
    tree = tomlkit.parse(toml)
    _CHANGE[what](tree, kind, old, new)
    changed = tomlkit.dumps(tree)
    read_schema(changed)
    return changed


# --- what is in the way -------------------------------------------------------------------------


def _refuse_two(schema: LabelSchema, type_id: str) -> None:
    """Refuse a name that a relation shares with an entity or an event: it means both."""
    if len(_kinds_of_type(schema, type_id)) > 1:
        raise UserError("type_twice", type=type_id)


def _refuse_rename(schema: LabelSchema, _: str, old: str, new: str) -> None:
    _refuse_two(schema, old)
    if _kinds_of_type(schema, new):
        raise UserError("type_exists", type=new, other=old)
    if schema.current(new) not in (new, old):
        raise UserError("former_name", type=new, other=schema.current(new))


def _refuse_merge(schema: LabelSchema, kind: str, old: str, new: str) -> None:
    _refuse_two(schema, old)
    if old == new or kind_of_type(schema, new) != kind:
        raise UserError("cannot_merge", type=old, other=new)


def _refuse_retire(schema: LabelSchema, _: str, old: str, __: str) -> None:
    if old in schema.retired:
        raise UserError("is_retired", type=old)


# --- the tree of TOML ---------------------------------------------------------------------------


def _rename(tree: Any, kind: str, old: str, new: str) -> None:  # noqa: ANN401
    for table in tree[kind]:
        if table["id"] == old:
            table["id"] = new
    for names in _lists_of_types(tree):
        _replace(names, old, new)
    _note_renamed(tree["schema"], old, new)


def _merge(tree: Any, kind: str, old: str, new: str) -> None:  # noqa: ANN401
    tables = tree[kind]
    del tables[next(n for n, table in enumerate(tables) if table["id"] == old)]
    retired = tree["schema"].get("retired", [])
    if old in retired:
        retired.remove(old)
    for names in _lists_of_types(tree):
        _replace(names, old, new)
    _note_renamed(tree["schema"], old, new)


def _retire(tree: Any, _: str, old: str, __: str) -> None:  # noqa: ANN401
    tree["schema"].setdefault("retired", tomlkit.array()).append(old)


def _lists_of_types(tree: Any) -> Iterator[MutableSequence[str]]:  # noqa: ANN401
    """Yield every list in which ids of types stand."""
    for event in tree.get("event", ()):
        for role in event.get("roles", ()):
            yield role["fillers"]
    for relation in tree.get("relation", ()):
        yield relation["sources"]
        yield relation["targets"]
    yield tree.get("stance", {}).get("holders", [])
    yield tree["schema"].get("retired", [])


def _replace(names: MutableSequence[str], old: str, new: str) -> None:
    if old in names:
        at = names.index(old)
        if new in names:
            del names[at]
        else:
            names[at] = new


def _note_renamed(head: Table, old: str, new: str) -> None:
    """Write that `old` is called `new`; what `new` was called once is forgotten: it is back."""
    renamed = head.setdefault("renamed", tomlkit.array())
    for at in reversed(range(len(renamed))):
        if renamed[at]["from"] == new:
            del renamed[at]
    pair = tomlkit.table() if isinstance(renamed, AoT) else tomlkit.inline_table()
    pair.update({"from": old, "to": new})
    renamed.append(pair)


_REFUSE: dict[str, Callable[[LabelSchema, str, str, str], None]] = {
    RENAME: _refuse_rename,
    MERGE: _refuse_merge,
    RETIRE: _refuse_retire,
}
_CHANGE: dict[str, Callable[[Any, str, str, str], None]] = {
    RENAME: _rename,
    MERGE: _merge,
    RETIRE: _retire,
}
