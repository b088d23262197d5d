"""Merging under random histories of a team; and five faults in it that these must find.

A few histories in the usual run; 1,000 of 40 steps each with HASHIYA_LONG=1.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.core import operations as op
from annotator.core.errors import UserError
from annotator.core.operations import Operation
from annotator.store import rebuilding, takenback
from annotator.store.foldinglayers import Folding
from annotator.store.uniting import Uniting
from tests.projects import quick_folder
from tests.services.merginghistories import play_history

IS_LONG = os.environ.get("HASHIYA_LONG") == "1"
HISTORIES, STEPS = (1000, 40) if IS_LONG else (6, 25)
MOST_TRIES = 40


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as found:
        yield found


def test_whatever_a_team_does_all_files_end_with_the_same_and_nothing_is_lost(
    folder: Path,
) -> None:
    taken_back = sum(play_history(folder, seed, STEPS).taken_back for seed in range(HISTORIES))

    assert taken_back >= HISTORIES // 4


# --- seeded faults ------------------------------------------------------------------------------

Fault = Callable[[pytest.MonkeyPatch], None]


def _first_come_first_served(patch: pytest.MonkeyPatch) -> None:
    """Of two writers with the same Lamport number the one wins who came first."""

    def order(operation: Operation) -> tuple[int, str, int, str]:
        return operation.lamport, "", 0, ""

    patch.setattr(op, "order", order)


def _layers_that_are_known_are_not_folded_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Folding, "again", lambda _folding, _layer: None)


def _what_is_taken_back_comes_back_with_the_next_merge(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(takenback, "names_in_layer", lambda _connection, _layer: frozenset())


def _held_labels_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rebuilding, "hold", lambda _connection, _layer, _held: None)


def _lamport_numbers_do_not_go_on_above_those_that_came(patch: pytest.MonkeyPatch) -> None:
    ended = Uniting.ended

    def forgetful(uniting: Uniting) -> object:
        uniting._replicas.clear()  # noqa: SLF001
        return ended(uniting)

    patch.setattr(Uniting, "ended", forgetful)


FAULTS: tuple[Fault, ...] = (
    _first_come_first_served,
    _layers_that_are_known_are_not_folded_again,
    _what_is_taken_back_comes_back_with_the_next_merge,
    _held_labels_are_forgotten,
    _lamport_numbers_do_not_go_on_above_those_that_came,
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__.strip("_"))
def test_a_fault_in_the_merge_code_is_found(
    fault: Fault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(monkeypatch)

    assert any(_is_found(folder, seed) for seed in range(MOST_TRIES))


def _is_found(folder: Path, seed: int) -> bool:
    try:
        play_history(folder, seed, STEPS)
    except AssertionError:
        return True
    except UserError as trouble:  # the program's own look before a merge was faster
        return trouble.code == "unsound_article"
    return False
