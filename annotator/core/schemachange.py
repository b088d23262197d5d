"""Changing the types of a label schema: renamed, merged into another, retired, split into several.

The TOML is changed in place, so that a person's remarks and order live. Labels keep the type that
they were given; `renamed` says what it is called now, and `split` that each label is still to be
given one of several. Other parts (roles, values, topics,
questions) have no former names, so only types of entities, events and relations can be changed.
"""

from collections.abc import Callable, Iterator, MutableSequence, Sequence
from typing import Any

import tomlkit
from tomlkit.items import AoT, Table

from annotator.core.errors import UserError
from annotator.core.labelschema import LabelSchema, Named
from annotator.core.schematoml import read_schema

RENAME, MERGE, RETIRE, SPLIT = "rename", "merge", "retire", "split"
CHANGES = (RENAME, MERGE, RETIRE, SPLIT)
KINDS = ("entity", "event", "relation")
_Into = Sequence[Named]
"""What a type becomes: nothing, one type, or several."""


def kind_of_type(schema: LabelSchema, type_id: str) -> str:
    """Return the kind of label whose type is `type_id` now; raise `no_such_type`."""
    kinds = _kinds_of_type(schema, type_id)
    if not kinds:
        raise UserError("no_such_type", type=type_id)
    return kinds[0]


def _kinds_of_type(schema: LabelSchema, type_id: str) -> list[str]:
    ids = (schema.entity_types.keys(), schema.event_types.keys(), schema.relation_types.keys())
    return [kind for kind, known in zip(KINDS, ids, strict=True) if type_id in known]


def changed_toml(toml: str, what: str, old: str, new: str = "", into: _Into = ()) -> str:
    """Return the label schema `toml` with the type `old` changed as `what` says.

    `rename` calls it `new`; `merge` makes its labels those of the type `new`; `retire` keeps it
    for labels that are there and offers it no longer; `split` retires it too, and leaves it to each
    annotator which of the types `into`, made where they are missing, her labels are. Raise what is
    in the way.
    """
    schema = read_schema(toml)
    kind = kind_of_type(schema, old)
    becomes = (Named(new, "", ""),) if new else tuple(into)
    _REFUSE[what](schema, kind, old, becomes)
    tree = tomlkit.parse(toml)
    _CHANGE[what](tree, kind, old, becomes)
    changed = tomlkit.dumps(tree)
    read_schema(changed)
    return changed


# --- what is in the way -------------------------------------------------------------------------


def _refuse_two(schema: LabelSchema, type_id: str) -> None:
    """Refuse a name that a relation shares with an entity or an event: it means both."""
    if len(_kinds_of_type(schema, type_id)) > 1:
        raise UserError("type_twice", type=type_id)


def _refuse_rename(schema: LabelSchema, _: str, old: str, into: _Into) -> None:
    _refuse_two(schema, old)
    (new,) = (one.id for one in into)
    if _kinds_of_type(schema, new):
        raise UserError("type_exists", type=new, other=old)
    if schema.current(new) != old:
        _refuse_former(schema, new)


def _refuse_former(schema: LabelSchema, new: str) -> None:
    """Refuse a new name by which labels of another type may still come."""
    if schema.current(new) != new:
        raise UserError("former_name", type=new, other=schema.current(new))


def _refuse_merge(schema: LabelSchema, kind: str, old: str, into: _Into) -> None:
    _refuse_two(schema, old)
    (new,) = (one.id for one in into)
    if old == new or kind_of_type(schema, new) != kind:
        raise UserError("cannot_merge", type=old, other=new)


def _refuse_retire(schema: LabelSchema, _: str, old: str, __: _Into) -> None:
    if old in schema.retired:
        raise UserError("is_retired", type=old)


def _refuse_split(schema: LabelSchema, kind: str, old: str, into: _Into) -> None:
    _refuse_two(schema, old)
    if old in schema.choices:
        raise UserError("is_split", type=old)
    if len({one.id for one in into}) < max(2, len(into)):
        raise UserError("split_needs_two", type=old)
    for one in into:
        _refuse_former(schema, one.id)
        is_other = _kinds_of_type(schema, one.id) not in ([], [kind])
        if is_other or one.id == old or one.id in schema.retired:
            raise UserError("cannot_split", type=old, other=one.id)


# --- the tree of TOML ---------------------------------------------------------------------------


def _rename(tree: Any, kind: str, old: str, into: _Into) -> None:  # noqa: ANN401
    (new,) = (one.id for one in into)
    for table in tree[kind]:
        if table["id"] == old:
            table["id"] = new
    for names in _lists_of_types(tree):
        _replace(names, old, new)
    for pair in tree["schema"].get("split", ()):
        if pair["from"] == old:
            pair["from"] = new
    _note_renamed(tree["schema"], old, new)


def _merge(tree: Any, kind: str, old: str, into: _Into) -> None:  # noqa: ANN401
    (new,) = (one.id for one in into)
    tables = tree[kind]
    del tables[_place_of(tables, old)]
    retired = tree["schema"].get("retired", [])
    if old in retired:
        retired.remove(old)
    for names in _lists_of_types(tree):
        _replace(names, old, new)
    _forget_splits(tree["schema"], old)
    _note_renamed(tree["schema"], old, new)


def _forget_splits(head: Table, gone: str) -> None:
    """Take out the splitting of a type that is gone, and choices that lead nowhere else."""
    split = head.get("split", [])
    for at in reversed(range(len(split))):
        pair = split[at]
        if pair["from"] in pair["into"]:
            pair["into"].remove(pair["from"])
        if pair["from"] == gone or not pair["into"]:
            del split[at]


def _retire(tree: Any, _: str, old: str, __: _Into) -> None:  # noqa: ANN401
    tree["schema"].setdefault("retired", tomlkit.array()).append(old)


def _split(tree: Any, kind: str, old: str, into: _Into) -> None:  # noqa: ANN401
    tables = tree[kind]
    there = {table["id"] for table in tables}
    at = _place_of(tables, old)
    for one in reversed([one for one in into if one.id not in there]):
        tables.insert(at + 1, _like(tables, tables[at], one))
    head = tree["schema"]
    retired = head.get("retired", [])
    for names in _lists_of_types(tree):
        if names is not retired:
            _add_beside(names, old, [one.id for one in into])
    if old not in retired:
        _retire(tree, kind, old, into)
    pairs = head.setdefault("split", tomlkit.array())
    pair = tomlkit.table() if isinstance(pairs, AoT) else tomlkit.inline_table()
    pair.update({"from": old, "into": [one.id for one in into]})
    pairs.append(pair)


def _place_of(tables: Any, type_id: str) -> int:  # noqa: ANN401
    return next(n for n, table in enumerate(tables) if table["id"] == type_id)


def _like(tables: Any, table: Any, new: Named) -> Any:  # noqa: ANN401
    """Return a type that takes what `table` takes, without its names, key, colour and guideline."""
    kept = {key: value for key, value in table.unwrap().items() if key not in _ITS_OWN}
    names = {"id": new.id, "en": new.en, "ar": new.ar}
    values = {**{key: name for key, name in names.items() if name}, **kept}
    made = tomlkit.table() if isinstance(tables, AoT) else tomlkit.inline_table()
    for key, value in values.items():
        made.add(key, _inline(value))
    if isinstance(made, Table):
        made.add(tomlkit.nl())
    return made


def _inline(value: Any) -> Any:  # noqa: ANN401
    """Return a value that stands on one line, whatever is in it."""
    if isinstance(value, dict):
        made = tomlkit.inline_table()
        made.update({key: _inline(one) for key, one in value.items()})
        return made
    if isinstance(value, list):
        many = tomlkit.array()
        many.extend([_inline(one) for one in value])
        return many
    return tomlkit.item(value)


_NAMES = ("id", "en", "ar", "en_short", "ar_short", "guideline_en", "guideline_ar")
_ITS_OWN = frozenset((*_NAMES, "key", "color", "color_exact"))


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
    for pair in tree["schema"].get("split", ()):
        yield pair["into"]


def _replace(names: MutableSequence[str], old: str, new: str) -> None:
    if old in names:
        at = names.index(old)
        if new in names:
            del names[at]
        else:
            names[at] = new


def _add_beside(names: MutableSequence[str], old: str, new: Sequence[str]) -> None:
    """Let `new` stand wherever `old` may, behind it: labels of both are there for a while."""
    if old in names:
        for one in reversed([one for one in new if one not in names]):
            names.insert(names.index(old) + 1, one)


def _note_renamed(head: Table, old: str, new: str) -> None:
    """Write that `old` is called `new`; what `new` was called once is forgotten: it is back."""
    renamed = head.setdefault("renamed", tomlkit.array())
    for at in reversed(range(len(renamed))):
        if renamed[at]["from"] == new:
            del renamed[at]
    pair = tomlkit.table() if isinstance(renamed, AoT) else tomlkit.inline_table()
    pair.update({"from": old, "to": new})
    renamed.append(pair)


_REFUSE: dict[str, Callable[[LabelSchema, str, str, _Into], None]] = {
    RENAME: _refuse_rename,
    MERGE: _refuse_merge,
    RETIRE: _refuse_retire,
    SPLIT: _refuse_split,
}
_CHANGE: dict[str, Callable[[Any, str, str, _Into], None]] = {
    RENAME: _rename,
    MERGE: _merge,
    RETIRE: _retire,
    SPLIT: _split,
}
