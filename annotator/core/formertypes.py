"""What the head of a label schema says of former types: what is called otherwise, what was split.

`renamed` is a list of `{from, to}`, `split` of `{from, into}`; in the values they are pairs.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from annotator.core.labelschema import LabelSchema
from annotator.core.schemafaults import Fault

PAIRS = {"renamed": ("from", "to"), "split": ("from", "into")}
"""The keys of the head whose items are pairs, and the names of the two."""


def pairs_of(
    items: Sequence[object], key: str, names: tuple[str, str]
) -> tuple[list[object], list[Fault]]:
    """Return `items` of the head's `key` as pairs, with a fault for each name that is not ours."""
    faults = [
        Fault("schema_unknown_key", f"schema.{key}[{n}].{name}")
        for n, item in enumerate(items)
        if isinstance(item, dict)
        for name in item
        if name not in names
    ]
    return [_pair(item, names) for item in items], faults


def _pair(item: object, names: tuple[str, str]) -> object:
    return [item.get(name) for name in names] if isinstance(item, Mapping) else item


def faults(schema: LabelSchema) -> Iterator[Fault]:
    """Yield what is wrong with what `schema` says of former types."""
    yield from _repeated((old for old, _ in schema.renamed), "schema.renamed")
    yield from _circles(schema)
    yield from _repeated((old for old, _ in schema.split), "schema.split")
    for n, (old, into) in enumerate(schema.split):
        yield from _of_split(schema, old, into, f"schema.split[{n}]")


def _repeated(ids: Iterable[str], where: str) -> Iterator[Fault]:
    for uid, n in Counter(ids).items():
        if n > 1:
            yield Fault("schema_repeated_id", where, uid)


def _circles(schema: LabelSchema) -> Iterator[Fault]:
    names = dict(schema.renamed)
    for start in names:
        seen, at = {start}, names[start]
        while at in names and at not in seen:
            seen.add(at)
            at = names[at]
        if at in seen:
            yield Fault("schema_circle", "schema.renamed", start)


def _of_split(schema: LabelSchema, old: str, into: tuple[str, ...], where: str) -> Iterator[Fault]:
    """Yield what is wrong with a split: types that are not there, not of its kind, or twice."""
    kinds = (schema.entity_types, schema.event_types, schema.relation_types)
    known = next((types for types in kinds if old in types), None)
    if known is None:
        yield Fault("schema_unknown_filler", f"{where}.from", old)
        return
    if not into:
        yield Fault("schema_no_filler", f"{where}.into")
    yield from _repeated(into, f"{where}.into")
    for one in into:
        if one not in known:
            yield Fault("schema_unknown_filler", f"{where}.into", one)
        elif one == old:
            yield Fault("schema_bad_value", f"{where}.into", one)
