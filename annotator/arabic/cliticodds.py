"""How likely a cut is: what stands behind a clitic, and how often the project writes it bare.

The weights were set on one half of a treebank (UD Arabic-PUD) and looked at on the other half.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from annotator.arabic.uncutwords import FUNCTION_WORDS, UNCUT

Counts = Callable[[str], int]
"""How often a word, folded to `letters`, stands in the project."""
Places = Sequence[tuple[int, str]]
"""Cuts of a folded word: the offset, and the clitic that is cut off there."""
_PRIOR = {"و": 0.6, "س": 0.65, "ل": 0.42, "ب": 0.42, "ف": 0.3, "ك": 0.15}
_WHOLE_AGAINST_BARE = {"و": 0.1, "ب": 0.1, "ل": 0.1, "ف": 0.7, "ك": 1.0, "س": 0.2}
"""How much the word with the clitic, met as it is, speaks against the cut."""
_CERTAIN = 0.9
_MET_WHOLE, _RATHER_WHOLE = 3, 0.4
"""A word that was met so often, and never without its first letter, is rather a name: `كالاس`."""
_ARTICLE_CUT = 0.02
"""The article is a part of the word to nearly all who label."""
_OF_VERBS = "يتنا"
"""Letters that a verb begins with after the future's س."""
_PRONOUN_AFTER_FUNCTION_WORD = 0.9
_PRONOUN_PRIOR: Mapping[str, float] = MappingProxyType(
    {"ها": 0.8, "هما": 0.8, "هم": 0.7, "ه": 0.6, "هن": 0.5, "نا": 0.4, "كم": 0.3}
)
_RARE_PRONOUN = 0.01
"""ي is nearly always the ending of an adjective or a name, ك and ني a part of the word."""
_SHORT = 0.3
"""What is left of a likelihood where the stem has two letters only."""
_AFTER_T = 0.9
"""A stem in ت before a pronoun is most often a word in ة."""
_NEVER = 0.001


def odds_in_front(word: str, cuts: Places, counts: Counts) -> dict[int, float]:
    """Return the logarithm of the odds of each cut of `word` (folded to `letters`); 0 at 0.

    A cut behind two clitics is as likely as both together.
    """
    odds = {0: 0.0}
    before = 0
    for at, clitic in cuts:
        likely = _of_front(word[before:], word[at:], clitic, counts)
        odds[at] = odds[before] + _log_odds(likely)
        before = at
    return odds


def odds_behind(word: str, cuts: Places, begins: int, counts: Counts) -> dict[int, float]:
    """Return the logarithm of the odds of each cut behind, where the stem `begins` there."""
    whole = word[begins:]
    odds = {len(word): 0.0}
    for at, pronoun in cuts:
        if at > begins:
            odds[at] = _log_odds(_of_pronoun(whole, word[begins:at], pronoun, counts))
    return odds


def _log_odds(likely: float) -> float:
    kept = min(max(likely, _NEVER), 1 - _NEVER)
    return math.log(kept / (1 - kept))


def _of_front(whole: str, rest: str, clitic: str, counts: Counts) -> float:
    """Return how likely `whole` is `clitic` and `rest`."""
    if clitic == "ال":
        return _ARTICLE_CUT
    if whole in UNCUT:
        return 0.0
    if rest.startswith("ال") and len(rest) >= 4:
        is_name = counts(whole) >= _MET_WHOLE and not n_after_article(rest, counts)
        return _RATHER_WHOLE if is_name else _CERTAIN
    if clitic == "ل" and rest.startswith("ل"):
        return 0.85 if len(rest) >= 4 else 0.3
    if clitic == "س" and rest[0] not in _OF_VERBS:
        return 0.0
    prior = _PRIOR[clitic]
    n_whole, n_bare = counts(whole), max(counts(rest), counts("ال" + rest))
    seen = (n_bare + 0.05) / (n_bare + _WHOLE_AGAINST_BARE[clitic] * n_whole + 0.1)
    weight = min(0.9, 0.5 + 0.1 * (n_bare + n_whole))
    return (1 - weight) * prior + weight * seen


def _of_pronoun(whole: str, stem: str, pronoun: str, counts: Counts) -> float:
    """Return how likely `whole` is `stem` and `pronoun`."""
    prior = _PRONOUN_PRIOR.get(pronoun, _RARE_PRONOUN)
    if stem in FUNCTION_WORDS and (len(stem) > 1 or prior > _RARE_PRONOUN):
        return _PRONOUN_AFTER_FUNCTION_WORD
    if whole in UNCUT or prior == _RARE_PRONOUN:
        return _NEVER
    if len(stem) < 3 or stem.startswith("ال"):
        prior *= _SHORT
    elif stem.endswith("ت") and pronoun in _PRONOUN_PRIOR:
        prior = _AFTER_T
    n_whole, n_met = counts(whole), n_bare(stem, counts)
    seen = (n_met + prior) / (n_met + n_whole / 2 + 1)
    weight = min(0.8, 0.15 * n_met)
    return (1 - weight) * prior + weight * seen


def n_after_article(rest: str, counts: Counts) -> int:
    """Return how often `rest`, folded to `letters` and with its article, was met, or without it."""
    return counts(rest) + counts(rest[2:])


def n_bare(stem: str, counts: Counts) -> int:
    """Return how often `stem`, folded to `letters`, stands alone; before a pronoun ة is ت."""
    forms = [stem, "ال" + stem]
    if stem.endswith("ت"):
        forms += [stem[:-1] + "ه", "ال" + stem[:-1] + "ه"]
    return max(map(counts, forms))
