"""Proposals of labels in words: rows, their states, and how many there are of each. No Qt."""

from collections.abc import Sequence

import msgspec

from annotator.core.labelschema import LabelSchema
from annotator.gui.models.kwic import KwicRow, kwic_row
from annotator.gui.models.kwicwords import KwicWords
from annotator.i18n import Language, marked
from annotator.services.marking import Proposal
from annotator.services.searchingcontext import InContext

_STATES = {
    "new": marked("to be labelled"),
    "labelled": marked("labelled already"),
    "otherwise": marked("labelled otherwise"),
    "done": marked("in a layer that is done"),
    "outside": marked("not labelled here"),
}
_TICKED = "new"
_CAN_TICK = ("new", "otherwise")


class Done(msgspec.Struct, frozen=True):
    """What became of the ticked places: labels in articles, and the gesture that made them.

    `n_done` were left out because their layer is done, `n_met` because a label is there by now.
    """

    n: int
    articles: frozenset[str]
    gesture: str
    n_done: int = 0
    n_met: int = 0


def rows(
    schema: LabelSchema,
    language: Language,
    proposals: Sequence[Proposal],
    places: Sequence[InContext],
) -> list[KwicRow]:
    """Return `proposals`, which stand at `places`, as rows."""
    words = KwicWords(schema, language)
    found = []
    for one, place in zip(proposals, places, strict=True):
        chips = [words.chip("entity", type_) for type_ in one.types]
        note = language.text(_STATES[one.state])
        found.append(kwic_row(place, chips, note, can_tick=one.state in _CAN_TICK))
    return found


def ticked_first(proposals: Sequence[Proposal]) -> list[int]:
    """Return the numbers of those that are ticked to begin with: nothing stands against them."""
    return [number for number, one in enumerate(proposals) if one.state == _TICKED]


def summary(language: Language, proposals: Sequence[Proposal], *, is_whole: bool) -> str:
    """Return how many places there are, and how many of them are not to be labelled."""
    n = len(proposals)
    places = language.plural("{n} place", "{n} places", n)
    if not is_whole:
        places = language.text("the first {n} places", n=n)
    told = [places]
    for state in ("labelled", "otherwise", "done", "outside"):
        n_of_state = sum(one.state == state for one in proposals)
        if n_of_state:
            told.append(f"{language.text(_STATES[state])}: {n_of_state}")
    return " · ".join(told)


def labelled(language: Language, done: Done) -> str:
    """Return what was labelled, and which of the ticked places were not."""
    told = []
    if done.n or not (done.n_done or done.n_met):
        labels = language.plural("{n} label", "{n} labels", done.n)
        articles = language.plural("in {n} article", "in {n} articles", len(done.articles))
        told.append(language.text("Saved: {labels} {articles}", labels=labels, articles=articles))
    for n, why in (
        (done.n_done, marked("left out, because the layer was finished meanwhile: {places}")),
        (done.n_met, marked("left out, because a label is there by now: {places}")),
    ):
        if n:
            places = language.plural("{n} place", "{n} places", n)
            told.append(language.text(why, places=places))
    return " · ".join(told)
