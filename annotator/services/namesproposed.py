"""Names that may be one: spelled alike, or with the same skeleton. Proposed, never done.

Two different shared names are never proposed as one: somebody who gave them said that they differ.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from annotator.arabic.cliticpolicy import INCLUDE
from annotator.arabic.manynames import name_key, without_clitics
from annotator.arabic.skeleton import says_something, skeleton
from annotator.services.names import Name
from annotator.services.nameslinking import as_link

Why = Literal["spelling", "skeleton"]
"""The spelling is one of a shared name; or the letters that writers agree on are the same."""


class Proposal(msgspec.Struct, frozen=True):
    """Names that may be one, the one whose name the others would share first.

    `link` is what they would share, `key` the spelling or the skeleton that they have in common.
    `types_differ` where not all have a type in common.
    """

    names: tuple[Name, ...]
    link: str
    why: Why
    key: str
    types_differ: bool


def proposals(names: Sequence[Name], clitics: str = "") -> list[Proposal]:
    """Return what may be one, names of the same types first, then the most frequent.

    `clitics` is the policy of the label schema. Names of which nothing can be changed, and which
    share nothing, take no part.
    """
    linked = _Linked(one for one in names if one.link)
    keys = _Skeletons(names, clitics == INCLUDE)
    apart: dict[str, list[Name]] = {}
    joining: dict[tuple[str, Why, str], list[Name]] = {}
    for one in names:
        if one.link or not one.n_open:
            continue
        key = keys.of(one.key)
        found = linked.of(one.key, key)
        if found is None and says_something(key):
            apart.setdefault(key, []).append(one)
        elif found:
            joining.setdefault(found, []).append(one)
    made = [_proposal(group, "skeleton", key) for key, group in apart.items() if len(group) > 1]
    made += [
        _proposal([linked.named[link], *group], why, key)
        for (link, why, key), group in joining.items()
    ]
    return sorted(made, key=lambda one: (one.types_differ, -sum(each.n for each in one.names)))


def _proposal(names: Sequence[Name], why: Why, key: str) -> Proposal:
    common = set.intersection(*({type_ for type_, _ in one.types} for one in names))
    link = names[0].link or as_link(names[0].shown)
    return Proposal(tuple(names), link, why, key, not common)


class _Skeletons:
    """The skeletons of all names, without clitics where labels take them in."""

    def __init__(self, names: Iterable[Name], holds_clitics: bool) -> None:
        self._holds_clitics = holds_clitics
        self._known = {skeleton(one.key) for one in names} if holds_clitics else set()

    def __contains__(self, key: object) -> bool:
        return skeleton(str(key)) in self._known

    def of(self, key: str) -> str:
        """Return the skeleton of `key`."""
        bare = without_clitics(key, self) if self._holds_clitics else key
        return skeleton(bare)


class _Linked:
    """Shared names by the spellings that are like them, and by the skeletons of these."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.named: dict[str, Name] = {}
        self._by_key: dict[str, set[str]] = {}
        self._by_skeleton: dict[str, set[str]] = {}
        for one in names:
            self.named[one.link] = one
            for key in {name_key(one.link), *_like_it(one)}:
                self._by_key.setdefault(key, set()).add(one.link)
                self._by_skeleton.setdefault(skeleton(key), set()).add(one.link)

    def of(self, key: str, bones: str) -> tuple[str, Why, str] | Literal[""] | None:
        """Return the shared name that `key` may have, why, and what they have in common.

        None where none has it; "" where several have, so that nobody can tell.
        """
        same = self._by_key.get(key, set())
        alike = self._by_skeleton.get(bones, set()) if says_something(bones) else set()
        if not (same or alike):
            return None
        found: set[str] = same or alike
        if len(found) > 1:
            return ""
        (link,) = found
        return (link, "spelling", key) if same else (link, "skeleton", bones)


def _like_it(name: Name) -> list[str]:
    """Return the keys of the spellings that are parts of the shared name; else the first one's.

    A president may be labelled `الرئيس` too, and so may another.
    """
    bones = {skeleton(word) for word in name.link.split()}
    keys = [name_key(spelling.text) for spelling in name.spellings]
    parts = [key for key in keys if all(skeleton(word) in bones for word in key.split())]
    return [key for key in parts if key] or keys[:1]
