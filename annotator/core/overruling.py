"""Changes of the label schema that were made at once: which stands, and which is overruled by it.

The label schema is one body, so the last change in the total order stands as a whole. A change that
did not know of the one before it leaves that one out, and says so here by what each of them did.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields

from annotator.core import operations as op
from annotator.core.bodies import Body
from annotator.core.labelschema import LabelSchema
from annotator.core.operations import Operation
from annotator.core.schematoml import read_schema


@dataclass(frozen=True, slots=True)
class Overruled:
    """An operation (its hash) that changed the label schema, and was overruled.

    `stands` and `did` say what the other one changed and what this one did: ids, and renamed types
    as "GPE → PLACE".
    """

    name: str
    stands: tuple[str, ...]
    did: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """A change of the label schema: its operation, and the TOML before and after."""

    name: str
    before: str
    after: str
    parent: "_Step | None"

    def line(self) -> "Iterator[_Step]":
        """Yield this change, and those before it that it knew of."""
        step: _Step | None = self
        while step is not None:
            yield step
            step = step.parent


def overruled(operations: Iterable[Operation], left_out: Collection[str] = ()) -> list[Overruled]:
    """Return the last change of each line of changes that does not stand.

    Of `operations` those of the project's scope matter, but for what is taken back (`left_out`). A
    change that says the same as one that stands is not overruled.
    """
    steps = _steps(one for one in operations if one.hash not in left_out)
    if not steps:
        return []
    last = steps[-1]
    standing = {step.name for step in last.line()}
    said = {step.after for step in last.line()}
    known = {step.parent.name for step in steps if step.parent}
    return [
        _told(step, last, standing)
        for step in steps
        if step.name not in known and step.after not in said
    ]


def _steps(operations: Iterable[Operation]) -> list[_Step]:
    """Return the changes in the total order, each with the last one before it that it knew of."""
    steps: list[_Step] = []
    by_after: dict[str, _Step] = {}
    for one in sorted(operations, key=op.order):
        for change in one.changes:
            if change.kind == op.LABEL_SCHEMA and change.before != change.after:
                before, after = _toml(change.before), _toml(change.after)
                step = _Step(one.hash, before, after, by_after.get(before))
                by_after[after] = step
                steps.append(step)
    return steps


def _toml(body: Body | None) -> str:
    return str(body["toml"]) if body else ""


def _told(step: _Step, last: _Step, standing: Collection[str]) -> Overruled:
    shared = next((one for one in step.line() if one.name in standing), None)
    base = shared.after if shared else list(step.line())[-1].before
    return Overruled(step.name, difference(base, last.after), difference(base, step.after))


def difference(before: str, after: str) -> tuple[str, ...]:
    """Say shortly what a label schema changed: renamed types, else ids of what is otherwise.

    `before` and `after` are TOML. What follows from a renaming is not said again.
    """
    old, new = _read(before), _read(after)
    types = [
        *set(new.retired) - set(old.retired),
        *(one for one, _ in set(new.split) ^ set(old.split)),
    ]
    renamed = [f"{one} → {other}" for one, other in new.renamed if (one, other) not in old.renamed]
    told = [*renamed, *sorted(set(types))]
    return tuple(told or ids_that_differ(old, new) or [new.name])


def _read(toml: str) -> LabelSchema:
    return read_schema(toml) if toml else LabelSchema("")


def ids_that_differ(old: LabelSchema, new: LabelSchema) -> list[str]:
    """Return the ids of what one has otherwise than the other, and the names of other parts."""
    return sorted(_differing(old, new))


def _differing(old: LabelSchema, new: LabelSchema) -> Iterator[str]:
    for part in fields(LabelSchema):
        one, other = getattr(old, part.name), getattr(new, part.name)
        if one != other and part.name in _WITH_IDS:
            yield from {item.id for item in set(one) ^ set(other)}
        elif one != other:
            yield part.name


_WITH_IDS = frozenset({"entities", "events", "topics", "relations", "questions"})
