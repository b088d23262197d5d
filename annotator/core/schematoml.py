"""The label schema as TOML: read with every fault named by its place (`entity[2].key`).

msgspec turns the tree into the frozen values and finds wrong types; what it cannot know (unknown
keys, ids, keys of the keyboard, fillers that name nothing) is checked here.
"""

import functools
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, cast, get_args, get_type_hints

import msgspec

from annotator.core import formertypes
from annotator.core.errors import UserError
from annotator.core.labelschema import (
    ANY_ENTITY,
    ANY_EVENT,
    KEPT_KEYS,
    AttributeType,
    EntityType,
    EventType,
    LabelSchema,
    Named,
    StanceType,
)
from annotator.core.schemafaults import Fault, with_lines

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
_VALUE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}|-?[0-9]{1,9}(\.[0-9]{1,6})?")
_LOOKS_LIKE_DATE = re.compile(r"\d{4}-\d{1,2}(-\d{1,2}.*)?")
_COLOR = re.compile(r"[nmo][1-8]|#[0-9a-fA-F]{6}")
_KEY = re.compile(r"[a-z]")
_QUESTION_KINDS = ("one", "many", "scale", "text")
_TARGETS = ("topic", ANY_ENTITY, ANY_EVENT)
_PLURAL = {
    "entity": "entities",
    "event": "events",
    "stance": "stance",
    "topic": "topics",
    "relation": "relations",
    "question": "questions",
}
_SINGULAR = {plural: word for word, plural in _PLURAL.items()}
_HEAD = ("name", "version", "clitics", "renamed", "retired", "split")


@functools.lru_cache(maxsize=8)
def read_schema(toml: str) -> LabelSchema:
    """Return the label schema that `toml` says; raise `UserError("bad_schema")` with its faults."""
    schema, faults = checked_schema(toml)
    if faults or schema is None:
        told = [[fault.code, fault.where, fault.value] for fault in faults]
        raise UserError("bad_schema", faults=told)
    return schema


def checked_schema(toml: str) -> tuple[LabelSchema | None, list[Fault]]:
    """Return the label schema with all its faults; None where it could not be read at all."""
    schema, faults = _checked(toml)
    return schema, with_lines(toml, faults)


def _checked(toml: str) -> tuple[LabelSchema | None, list[Fault]]:
    try:
        tree = tomllib.loads(toml)
    except (tomllib.TOMLDecodeError, RecursionError) as trouble:
        place = re.search(r"line (\d+), column (\d+)", str(trouble))
        return None, [Fault("schema_not_toml", f"{place[1]}:{place[2]}" if place else "")]
    flat, faults = _flattened(tree)
    faults += _unknown_keys(flat, LabelSchema, "")
    if faults:
        return None, faults
    try:
        schema = msgspec.convert(_filled(flat), LabelSchema)
    except msgspec.ValidationError as trouble:
        what, _, where = str(trouble).partition(" - at `$.")
        return None, [Fault("schema_wrong_type", _told(where.rstrip("`")), what)]
    return schema, list(_faults(schema))


def _flattened(tree: dict[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """Return the tree in the shape of `LabelSchema`, and the top-level keys it does not know."""
    head = tree.get("schema")
    if not isinstance(head, dict) or not head.get("name"):
        return {}, [Fault("schema_nameless", "schema.name")]
    known = {"schema", *_PLURAL}
    faults = [Fault("schema_unknown_key", key) for key in tree if key not in known]
    faults += [Fault("schema_unknown_key", f"schema.{key}") for key in head if key not in _HEAD]
    flat = {**head, **{_PLURAL[key]: value for key, value in tree.items() if key in _PLURAL}}
    for key, names in formertypes.PAIRS.items():
        if isinstance(head.get(key), list):
            flat[key], strange = formertypes.pairs_of(head[key], key, names)
            faults += strange
    return flat, faults


def _unknown_keys(node: object, shape: object, where: str) -> list[Fault]:
    """Return a fault for every key of `node` that the dataclass `shape` has no field for."""
    if isinstance(node, list):
        inner = (get_args(shape) or (None,))[0]
        pairs = [(item, inner, f"{where}[{n}]") for n, item in enumerate(node)]
    elif isinstance(node, dict) and is_dataclass(shape):
        hints = _hints(cast("type", shape))
        known = {field.name for field in fields(shape)}
        strange = [
            Fault("schema_unknown_key", _told(f"{where}.{key}")) for key in node if key not in known
        ]
        pairs = [(node[key], hints[key], f"{where}.{key}") for key in node if key in known]
        return strange + [fault for pair in pairs for fault in _unknown_keys(*pair)]
    else:
        return []
    return [fault for pair in pairs for fault in _unknown_keys(*pair)]


@functools.cache
def _hints(shape: type) -> dict[str, Any]:
    return get_type_hints(shape)


def _filled(node: object) -> object:
    """Return `node` with ids alone turned into tables, and names that are not given into ids."""
    if isinstance(node, list):
        return [_filled(item) for item in node]
    if not isinstance(node, dict):
        return node
    filled = {key: _filled(value) for key, value in node.items()}
    for key in ("values", "off_scale", "subtypes"):
        items = _as_list(filled.get(key))
        if items:
            filled[key] = [_name(item) if isinstance(item, str) else item for item in items]
    if isinstance(filled.get("id"), str):
        filled = {"en": filled["id"], "ar": filled["id"], **filled}
    return filled


def _name(uid: str) -> dict[str, str]:
    return {"id": uid, "en": uid, "ar": uid}


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _told(where: str) -> str:
    """Return a place as the TOML file spells it: `.entities[2].key` is `entity[2].key`."""
    where = where.lstrip(".")
    word = re.match(r"[a-z_]+", where)
    if word is None:
        return where
    first = word.group()
    if first in _HEAD:
        return "schema." + where
    return _SINGULAR.get(first, first) + where[len(first) :]


# --- what the types cannot say ------------------------------------------------------------------


def _faults(schema: LabelSchema) -> Iterator[Fault]:
    if schema.clitics not in ("exclude", "include"):
        yield Fault("schema_bad_value", "schema.clitics", schema.clitics)
    types: tuple[EntityType | EventType, ...] = (*schema.entities, *schema.events)
    yield from _repeated((item.id for item in types), "schema_repeated_id", "entity, event")
    yield from formertypes.faults(schema)
    for word, items in _typed_lists(schema):
        yield from _repeated((item.id for item in items), "schema_repeated_id", word)
        yield from _bad_ids(items, word, _ID)
    yield from _of_keyed(schema.entities, "entity")
    yield from _of_keyed(schema.events, "event")
    yield from _of_subtypes_and_roles(schema)
    yield from _of_stance(schema)
    yield from _of_relations(schema)
    yield from _of_questions(schema)


def _typed_lists(schema: LabelSchema) -> list[tuple[str, tuple[Any, ...]]]:
    return [
        ("entity", schema.entities),
        ("event", schema.events),
        ("topic", schema.topics),
        ("relation", schema.relations),
        ("question", schema.questions),
    ]


def _repeated(ids: Iterable[str], code: str, where: str) -> Iterator[Fault]:
    for uid, n in Counter(ids).items():
        if n > 1 and uid:
            yield Fault(code, where, uid)


def _bad_ids(items: Iterable[Any], where: str, form: re.Pattern[str]) -> Iterator[Fault]:
    for n, item in enumerate(items):
        if not form.fullmatch(item.id) or _LOOKS_LIKE_DATE.fullmatch(item.id):
            yield Fault("schema_bad_id", f"{where}[{n}].id", item.id)


def _of_keyed(items: Sequence[EntityType | EventType], word: str) -> Iterator[Fault]:
    yield from _repeated((item.key for item in items), "schema_repeated_key", word)
    for n, item in enumerate(items):
        if item.key and (not _KEY.fullmatch(item.key) or item.key in KEPT_KEYS):
            yield Fault("schema_bad_key", f"{word}[{n}].key", item.key)
        if item.color and not _COLOR.fullmatch(item.color):
            yield Fault("schema_bad_color", f"{word}[{n}].color", item.color)
        yield from _of_attributes(item.attributes, f"{word}[{n}]")


def _of_attributes(items: tuple[AttributeType, ...], where: str) -> Iterator[Fault]:
    yield from _repeated((item.id for item in items), "schema_repeated_id", f"{where}.attributes")
    yield from _bad_ids(items, f"{where}.attributes", _ID)
    for n, item in enumerate(items):
        place = f"{where}.attributes[{n}]"
        yield from _of_values(item.values, f"{place}.values")
        if item.default and item.default not in item.value_ids:
            yield Fault("schema_bad_value", f"{place}.default", item.default)


def _of_values(values: tuple[Named, ...], where: str) -> Iterator[Fault]:
    yield from _repeated((value.id for value in values), "schema_repeated_id", where)
    yield from _bad_ids(values, where, _VALUE_ID)


def _of_subtypes_and_roles(schema: LabelSchema) -> Iterator[Fault]:
    for n, entity in enumerate(schema.entities):
        yield from _of_values(entity.subtypes, f"entity[{n}].subtypes")
    for n, event in enumerate(schema.events):
        where = f"event[{n}].roles"
        yield from _repeated((role.id for role in event.roles), "schema_repeated_id", where)
        yield from _bad_ids(event.roles, where, _ID)
        for k, role in enumerate(event.roles):
            yield from _unknown_fillers(schema, role.fillers, f"{where}[{k}].fillers")
            if role.min < 0 or role.max < 0 or (role.max and role.min > role.max):
                yield Fault("schema_bad_value", f"{where}[{k}].min", f"{role.min}..{role.max}")


def _unknown_fillers(schema: LabelSchema, fillers: tuple[str, ...], where: str) -> Iterator[Fault]:
    known = {ANY_ENTITY, ANY_EVENT, *schema.entity_types, *schema.event_types}
    for filler in fillers:
        if filler not in known:
            yield Fault("schema_unknown_filler", where, filler)
    if not fillers:
        yield Fault("schema_no_filler", where)


def _of_stance(schema: LabelSchema) -> Iterator[Fault]:
    stance = schema.stance
    if stance == StanceType():
        return
    yield from _of_values(stance.values + stance.off_scale, "stance.values")
    yield from _unknown_fillers(schema, stance.holders, "stance.holders")
    yield from _of_attributes(stance.attributes, "stance")
    for target in stance.targets:
        if target not in _TARGETS:
            yield Fault("schema_bad_value", "stance.targets", target)


def _of_relations(schema: LabelSchema) -> Iterator[Fault]:
    for n, relation in enumerate(schema.relations):
        where = f"relation[{n}]"
        yield from _unknown_fillers(schema, relation.sources, f"{where}.sources")
        yield from _unknown_fillers(schema, relation.targets, f"{where}.targets")
        yield from _of_attributes(relation.attributes, where)


def _of_questions(schema: LabelSchema) -> Iterator[Fault]:
    for n, question in enumerate(schema.questions):
        where = f"question[{n}]"
        if question.kind not in _QUESTION_KINDS:
            yield Fault("schema_bad_value", f"{where}.kind", question.kind)
        elif (question.kind == "text") == bool(question.values):
            yield Fault("schema_bad_values", f"{where}.values", question.kind)
        yield from _of_values(question.values, f"{where}.values")
