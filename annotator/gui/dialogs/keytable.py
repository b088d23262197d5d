"""The keys as data for the key sheet and the palette: caps, headings, columns. No widgets."""

from collections.abc import Iterable, Sequence

import msgspec

from annotator.core.labelschema import EntityType, EventType, LabelSchema
from annotator.gui.actions import ACTIONS, MENUS, Action
from annotator.gui.keys import layout
from annotator.gui.look import Look
from annotator.i18n import marked

Cap = tuple[str, str]
"""The Latin legend of a key and its Arabic one, or nothing."""
_ENTITIES, _EVENTS = marked("Entities"), marked("Events")
_SPOKEN = {"Return": "Enter", "PgUp": "PageUp", "PgDown": "PageDown", "Del": "Delete"}
_OF_TYPES = frozenset({"type_entity", "type_event"})
"""Actions whose keys are those of the label schema: it is listed type by type."""


class Key(msgspec.Struct, frozen=True):
    """What is done by which keys; the name may come from the label schema."""

    name: str
    caps: tuple[Cap, ...]


class Group(msgspec.Struct, frozen=True):
    """Keys under one heading."""

    name: str
    keys: tuple[Key, ...]


def caps_of(action: Action) -> tuple[Cap, ...]:
    """Return the keys of `action` as caps show them.

    >>> from annotator.gui.actions import BY_ID
    >>> caps_of(BY_ID["undo"]), caps_of(BY_ID["zoom_out"])
    ((('Ctrl Z', ''),), (('Ctrl -', ''),))
    """
    return tuple(_cap(key, is_typed=action.is_typed) for key in action.keys)


def type_cap(type_: EntityType | EventType) -> Cap | None:
    """Return the key of a type of the label schema; events have theirs with Shift."""
    if not type_.key:
        return None
    latin = type_.key.upper()
    if isinstance(type_, EventType):
        latin = f"Shift {latin}"
    return latin, layout().arabic_legend(type_.key)


def groups(look: Look, schema: LabelSchema | None) -> list[Group]:
    """Return every key there is: the menus in their order, then the types of `schema`."""
    text = look.language.text
    left_out = _OF_TYPES if schema else frozenset[str]()
    found = [Group(text(name), tuple(_of_menu(look, menu, left_out))) for menu, name in MENUS]
    if schema is not None:
        found.append(Group(text(_ENTITIES), tuple(_of_types(look, schema.entities))))
        found.append(Group(text(_EVENTS), tuple(_of_types(look, schema.events))))
    return [group for group in found if group.keys]


def spread(found: Sequence[Group], n: int) -> list[list[Group]]:
    """Return the groups in `n` columns, in order, as even as whole groups allow."""
    total = sum(map(_height, found))
    columns: list[list[Group]] = [[] for _ in range(n)]
    before = 0
    for group in found:
        middle = before + _height(group) / 2
        columns[min(n - 1, int(middle * n / max(total, 1)))].append(group)
        before += _height(group)
    return columns


def _height(group: Group) -> int:
    return len(group.keys) + 2


def _of_menu(look: Look, menu: str, left_out: frozenset[str]) -> Iterable[Key]:
    for action in ACTIONS:
        if action.menu == menu and action.keys and action.id not in left_out:
            yield Key(look.language.text(action.name), caps_of(action))


def _of_types(look: Look, types: Iterable[EntityType | EventType]) -> Iterable[Key]:
    for type_ in types:
        cap = type_cap(type_)
        if cap:
            yield Key(type_.ar if look.language.code == "ar" else type_.en, (cap,))


def _cap(key: str, *, is_typed: bool) -> Cap:
    parts = [*key[:-2].split("+"), "+"] if key.endswith("++") else key.split("+")
    letter = parts[-1]
    has_letter = is_typed and len(letter) == 1
    arabic = layout().arabic_legend(letter.lower()) if has_letter else ""
    return " ".join(_SPOKEN.get(part, part) for part in parts), arabic
