"""The English template of each code about what a text holds unseen; see `sentences`."""

from collections.abc import Mapping

from annotator.i18n import Language, marked

OF_TEXTS = {
    "order_of_eye": marked(
        "This text is stored as it is seen, so that its words stand backwards. A copy put right can"
        " be made, to be labelled in its place."
    ),
    "direction_forced": marked(
        "This text holds characters that force its direction ({n}): letters may show in another"
        " order than they stand in."
    ),
    "joined_shapes": marked(
        "This text holds shapes of letters instead of letters ({n}), as texts from PDF do. Search"
        " finds them; a model does not know them. A copy in letters can be made, to be labelled in"
        " its place."
    ),
    "words_run_together": marked(
        "There are hardly any spaces between the words of this text: what looks for whole words"
        " finds little in it."
    ),
    "misread": marked(
        "This text was UTF-8 and was read as {encoding}, so that its letters became others. A copy"
        " put right can be made, to be labelled in its place; or import it again from the file it"
        " came from, as UTF-8."
    ),
    "misread_and_lost": marked(
        "This text was UTF-8 and was read as {encoding}, so that its letters became others, and"
        " some were lost. Import it again from the file it came from, as UTF-8."
    ),
    "characters_lost": marked(
        "Characters of this text were lost before it came here ({n}): the sign � stands in their"
        " place. Import it again from where it is whole."
    ),
    "hardly_arabic": marked("Less than three letters in ten of this text are Arabic."),
    "same_body": marked(
        "This article says the same as the article {article} ({title}), but for its spelling."
    ),
    "nothing_above": marked(
        "Nothing was added: one of the two articles would be empty. Put the caret further down, or"
        " further up."
    ),
    "nothing_to_right": marked(
        "Nothing was added: the article {article} stands in letters and in the order of reading"
        " already."
    ),
}
UNSEEN_WORDS = {
    "override": marked("forced directions"),
    "bidi": marked("direction marks"),
    "zero_width": marked("characters of no width"),
    "tatweel": marked("tatweel"),
    "no_break": marked("no-break spaces"),
    "shapes": marked("shapes of letters"),
    "spaces": marked("double spaces"),
}
"""What is not seen, in words."""


def unseen_of(language: Language, counts: Mapping[str, int]) -> str:
    """Return how often what is not seen stands in articles."""
    parts = (f"{language.text(UNSEEN_WORDS[kind])} ({n})" for kind, n in counts.items())
    return language.text(marked("Not seen, but there: {parts}."), parts=language.listed(parts))
