"""Random histories: moves that Hypothesis draws, and playing them on a real project.

A move says what to do and, by numbers, with which of the things that are there at that moment; so
every list of moves can be played on every file. What is refused is part of the game.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from annotator.core import retyping
from annotator.core.errors import UserError
from annotator.core.model import (
    AUTHOR,
    Answer,
    Argument,
    Entity,
    Event,
    Extent,
    Label,
    Layer,
    Party,
    Region,
    Relation,
    Stance,
    extent_at,
    replace,
)
from annotator.services import labelling, marking, projectwide, undoing
from annotator.store.project import Project
from tests.projects import TEXTS, annotator, operations_in, sha_of

T = TypeVar("T")
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
SOME = settings(
    max_examples=40,
    deadline=None,
    phases=_PHASES,
    suppress_health_check=[HealthCheck.too_slow],
)
"""For properties that play a whole game on real files in each example."""
PEOPLE = ("a1", "a2")


class Move(NamedTuple):
    """What to do, who does it, in which text, and three numbers that choose the rest."""

    do: str
    who: int
    text: int
    a: int
    b: int
    c: int


def moves(*names: str, people: int = len(PEOPLE), texts: int = 2) -> SearchStrategy[Move]:
    """Draw moves: those called `names`, or any, more often those that make labels."""
    chosen = names or (*_PLAYED, "entity", "entity", "event", "argument", "undo")
    number = st.integers(0, 7)
    return st.builds(
        Move,
        st.sampled_from(chosen),
        st.integers(0, people - 1),
        st.integers(0, texts - 1),
        number,
        number,
        number,
    )


def play(project: Project, move: Move) -> UserError | None:
    """Play `move` on `project`; return why it was refused, if it was."""
    try:
        _PLAYED[move.do](project, move)
    except UserError as trouble:
        return trouble
    return None


def play_all(project: Project, played: Iterable[Move]) -> list[UserError | None]:
    """Play many moves in turn."""
    return [play(project, move) for move in played]


# --- what a move names ---------------------------------------------------------------------------

_WORDS = [[found.span() for found in re.finditer(r"\w+", text)] for text in TEXTS]
_ENTITY_TYPES = ("PERS", "ORG", "GPE", "PERS", "PER", "NOPE")
_EVENT_TYPES = ("MEET", "ATTACK", "MEET", "NOPE")
_ROLES = ("actor", "place", "theme", "cause", "actor")
_VALUES = ("favor", "against", "neutral", "unrelated", "nope")
_ANSWERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("genre", ("report",)),
    ("genre", ("opinion",)),
    ("sections", ("politics", "sport")),
    ("sections", ()),
    ("quality", ("2",)),
    ("summary", ("خبر قصير",)),
    ("genre", ()),
    ("genre", ("nope",)),
)
_NOTES = ("", "انظر ص ٣", "\u202eمعكوس\u202c", "note", 'a "quoted" \\ note', "سطر\nسطر", "😀", "ّ")


def _layer(project: Project, move: Move) -> Layer:
    return project.layer(sha_of(move.text), annotator(project, PEOPLE[move.who]).uid)


def _picked(things: Sequence[T], number: int) -> T:
    if not things:
        raise UserError("nothing_there")
    return things[number % len(things)]


def _labels(project: Project, move: Move) -> list[Label]:
    return sorted(project.labels(_layer(project, move)), key=lambda label: label.uid)


def _mentions(project: Project, move: Move) -> list[Entity | Event]:
    return [item for item in _labels(project, move) if isinstance(item, Entity | Event)]


def _extent(move: Move) -> Extent:
    words = _WORDS[move.text]
    first = words[move.a]
    last = words[move.a + move.b % 2]
    if move.c == 7:
        return extent_at(TEXTS[move.text], [first, words[move.a + 2]])
    if move.c == 6 and move.b == 7:
        return extent_at(TEXTS[move.text], [(first[0], first[0])])
    return extent_at(TEXTS[move.text], [(first[0], last[1])])


def _attributes(number: int) -> tuple[tuple[str, str], ...]:
    given = ((), (("mention", "PRO"),), (("number", "many"), ("mention", "NOM")), (("x", "y"),))
    return given[number % 4] if number < 6 else ()


# --- one function a move -------------------------------------------------------------------------


def _entity(project: Project, move: Move) -> None:
    extent = _extent(move)
    labelling.add_entity(
        project,
        _layer(project, move),
        extent,
        _picked(_ENTITY_TYPES, move.c),
        head=extent[:1] if move.b == 5 and len(extent) == 1 else (),
        subtype="NAMED" if (move.b, move.c) == (3, 0) else "",
        link="بوتين" if move.b == 4 else "",
        attributes=_attributes(move.b) if move.c == 0 else (),
        note=_NOTES[move.b],
    )


def _event(project: Project, move: Move) -> None:
    given = (("polarity", "negative"),) if move.b == 2 else ()
    kind = _picked(_EVENT_TYPES, move.c)
    layer = _layer(project, move)
    labelling.add_event(project, layer, _extent(move), kind, attributes=given, doubt=_NOTES[move.b])


def _argument(project: Project, move: Move) -> None:
    events = [item for item in _mentions(project, move) if isinstance(item, Event)]
    event, filler = _picked(events, move.a), _picked(_mentions(project, move), move.b)
    role = _picked(_ROLES, move.c)
    labelling.add_argument(project, _layer(project, move), event.uid, role, filler.uid)


def _party(project: Project, move: Move, number: int) -> Party:
    if number < 3:
        return Party("topic", ("peace-talks", "vaccines", "nope")[number])
    label = _picked(_mentions(project, move), number)
    return Party("entity" if isinstance(label, Entity) else "event", label.uid)


def _stance(project: Project, move: Move) -> None:
    entities = [item for item in _mentions(project, move) if isinstance(item, Entity)]
    by_author = move.a < 3 or not entities
    labelling.add_stance(
        project,
        _layer(project, move),
        _party(project, move, move.b),
        _picked(_VALUES, move.c),
        holder=AUTHOR if by_author else Party("entity", _picked(entities, move.a).uid),
        voice=("author", "reported")[move.a % 2],
        evidence=() if move.a % 3 else _extent(move),
        attributes=(("strength", "weak"),) if move.a == 1 else (),
    )


def _relation(project: Project, move: Move) -> None:
    ends = _mentions(project, move)
    source, target = _picked(ends, move.a), _picked(ends, move.b)
    kind = ("same_as", "part_of")[move.c % 2]
    labelling.add_relation(project, _layer(project, move), kind, source.uid, target.uid)


def _answer(project: Project, move: Move) -> None:
    question, values = _ANSWERS[move.a]
    labelling.answer(project, _layer(project, move), question, values, note=_NOTES[move.b])


def _change(project: Project, move: Move) -> None:
    """Change what can be changed in the label that was picked: `b` says what, `c` into what."""
    label, layer = _picked(_labels(project, move), move.a), _layer(project, move)
    labelling.change(project, layer, _changed(project, move, label))


def _changed(project: Project, move: Move, label: Label) -> Label:
    if move.b < 3:
        return replace(label, note=_NOTES[move.c])
    if move.b == 3:
        return replace(label, doubt=_NOTES[move.c])
    return _otherwise(project, move, label)


def _otherwise(project: Project, move: Move, label: Label) -> Label:
    match label:
        case Entity() | Event() if move.b == 4:
            return replace(label, extent=_extent(move))
        case Entity() | Event():
            types = _ENTITY_TYPES if isinstance(label, Entity) else _EVENT_TYPES
            return retyping.retyped(project.label_schema, label, _picked(types, move.c))
        case Argument():
            return replace(label, filler=_picked(_mentions(project, move), move.c).uid)
        case Stance() if move.b == 4:
            return replace(label, target=_party(project, move, move.c))
        case Stance():
            return replace(label, type=_picked(_VALUES, move.c), evidence=_extent(move))
        case Relation():
            return replace(label, target=_picked(_mentions(project, move), move.c).uid)
        case Answer():
            return replace(label, values=_picked(_ANSWERS, move.c)[1])


def _remove(project: Project, move: Move) -> None:
    label = _picked(_labels(project, move), move.a)
    labelling.remove(project, _layer(project, move), label.uid)


def _status(project: Project, move: Move) -> None:
    status = _picked(("started", "done", "skipped", "new", "started"), move.a)
    labelling.set_status(project, _layer(project, move), status)


def _undo(project: Project, move: Move) -> None:
    undoing.undo(project, _layer(project, move))


def _redo(project: Project, move: Move) -> None:
    undoing.redo(project, _layer(project, move))


def _undo_gesture(project: Project, move: Move) -> None:
    _take_gesture_back(project, move, undoing.undo_gesture)


def _redo_gesture(project: Project, move: Move) -> None:
    _take_gesture_back(project, move, undoing.redo_gesture)


def _take_gesture_back(project: Project, move: Move, take: Callable[..., object]) -> None:
    who = annotator(project, PEOPLE[move.who])
    names = [
        made.gesture
        for made in operations_in(project)
        if made.who == who.uid and made.replica == project.replica
    ]
    take(project, who, _picked(sorted(set(names)), move.a * 8 + move.b))


def _mark_all(project: Project, move: Move) -> None:
    who = annotator(project, PEOPLE[move.who])
    query = ("بوتين", "بغداد", "غزة", "في", "لا شيء")[move.a % 5]
    marking.mark_all(project, who, query, _picked(_ENTITY_TYPES[:3], move.c))


def _regions(project: Project, move: Move) -> None:
    length = len(TEXTS[move.text])
    cut = 5 + move.a
    given = [Region(0, cut, "headline"), Region(cut, length, ("body", "nav", "x")[move.c % 3])]
    projectwide.set_regions(project, sha_of(move.text), given[: 1 + move.b % 2])


def _withdraw(project: Project, _: Move) -> None:
    """Only the last text, which no other move touches, so that the game goes on in the others."""
    projectwide.withdraw(project, sha_of(len(TEXTS) - 1))


def _answer_doubt(project: Project, move: Move) -> None:
    asked = [item for item in _labels(project, move) if item.doubt]
    projectwide.answer_doubt(project, _picked(asked, move.a).uid, _NOTES[move.c])


def _newcomer(project: Project, move: Move) -> None:
    annotator(project, f"قارئ {move.a}")


_PLAYED: dict[str, Callable[[Project, Move], None]] = {
    "entity": _entity,
    "event": _event,
    "argument": _argument,
    "stance": _stance,
    "relation": _relation,
    "answer": _answer,
    "change": _change,
    "remove": _remove,
    "status": _status,
    "undo": _undo,
    "redo": _redo,
    "undo_gesture": _undo_gesture,
    "redo_gesture": _redo_gesture,
    "mark_all": _mark_all,
    "regions": _regions,
    "withdraw": _withdraw,
    "answer_doubt": _answer_doubt,
    "newcomer": _newcomer,
}
EVERY_MOVE = tuple(_PLAYED)
LABELLING = ("entity", "event", "argument", "stance", "relation", "answer", "change", "remove")
"""Moves that a person makes in one layer, without undo."""
