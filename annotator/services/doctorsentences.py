"""What the doctor found as sentences, and what a repair does about it: by code, and by case of it.

Also the templates of the codes by which an examination or a rebuilding is refused; see `sentences`.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.i18n import Language, marked
from annotator.store.doctorfindings import MORE, Finding

if TYPE_CHECKING:
    from annotator.store.remaking import Remade

OF_DOCTOR = {
    "unsound_article": marked(
        "Stopped: the article “{article}” is not as it was kept ({finding}). Check the file."
    ),
    "unsound_article.given": marked(
        "In “{path}” the regions of the article “{article}” are not as they were kept ({finding}),"
        " so nothing of the file is handed on. Make a repaired copy of it first (hashiya doctor"
        " --repair)."
    ),
    "unknown_uid": marked(
        "There is neither an article nor an annotator “{uid}” here: give a uid or a SHA-256."
    ),
    "only_read": marked(
        "This is what can be read of a damaged file, to be looked at: nothing can be labelled here."
    ),
    "partly_read": marked("“{path}” is damaged: this is what can be read of it. {missing}"),
    "damaged.listed": marked(
        "“{path}” is damaged: what stands above is not all. Make a new file of what is left"
        " (hashiya rebuild)."
    ),
    "cannot_repair": marked(
        "Nothing in “{path}” can be read as a project: only a backup helps (hashiya restore)."
    ),
}

_FOUND = {
    "D00": marked("The file cannot be read as a project."),
    "D01": marked("Pages of the file are damaged."),
    "D02.application": marked("The file no longer says that it is a Hashiya project."),
    "D02.version": marked("The file says another version of itself than it has."),
    "D02.newer": marked("A newer Hashiya made the file."),
    "D03.missing": marked("Something of the file is missing: {where}."),
    "D03.added": marked("Something that is not Hashiya's stands in the file: {where}."),
    "D03.changed": marked("Something of the file is made otherwise than by Hashiya: {where}."),
    "D04.dangling": marked("A row points to another that is not there: {where}."),
    "D04.layer": marked("A layer does not bear the name of its article and annotator: {where}."),
    "D05": marked("The text of an article is not the one that was imported: {where}."),
    "D05.missing": marked("The text of an article is missing: {where}."),
    "D05.length": marked("The length of an article is not that of its text: {where}."),
    "D05.added": marked("A text stands there without an article: {where}."),
    "D06": marked("An operation of the history is not what its hash says: {where}."),
    "D06.lost": marked("An operation of the history belongs to no layer: {where}."),
    "D07.gap": marked("Before this operation of the history others are missing: {where}."),
    "D07.number": marked("This operation does not follow the one before it: {where}."),
    "D08.added": marked("A label stands there that the history does not know: {where}."),
    "D08.missing": marked("A label that the history knows is missing: {where}."),
    "D08.differs": marked("A label is otherwise than the history says: {where}."),
    "D08.status": marked("The status of a layer is otherwise than the history says: {where}."),
    "D08.register": marked("What holds in the project is otherwise than history says: {where}."),
    "D08.layer": marked("A layer is missing, or nobody began it: {where}."),
    "D09": marked("The quote of a label is not the text that stands there: {where}."),
    "D10.progress": marked("The counts of how far the work has come are wrong: {where}."),
    "D10.counters": marked("A counter stands where numbers would be given twice: {where}."),
    "D10.index": marked("The search index is not that of the texts: {where}."),
    "D10.agreement": marked("Counts kept for agreement are not what was kept: {where}."),
    "D11.event": marked("An argument has no event: {where}."),
    "D11.filler": marked("An argument has no filler: {where}."),
    "D12": marked("The list of labels held back is not as history says: {where}."),
    "D13.settings": marked("Settings of the file were changed by another program: {where}."),
    "D13.receipt": marked("The receipt of a merge was changed: {where}."),
    "D13.gone": marked(
        "A receipt of a merge is gone that this machine wrote down a second time: {where}."
    ),
    "D13.no_regions": marked("An article has no regions, though it came with some: {where}."),
    "D13.articles": marked("The title, source or details of an article were changed: {where}."),
    "D13.regions": marked("The regions of an article cannot be those of its text: {where}."),
    "D13.not_given": marked(
        "The regions of an article are not those that it came with, and nobody changed them:"
        " {where}."
    ),
    "D13.given": marked(
        "What is kept of the regions that an article came with was changed: {where}."
    ),
    "I01": marked("Two operations bear the same number, as when a copy is worked on: {where}."),
}
_MORE = marked("Findings of the kind {code} besides: {n}.")

_MADE_ANEW = marked("The repaired copy has it made anew.")
_FROM_HISTORY = marked("The repaired copy has it as the history says.")
_FROM_BESIDE = marked(
    "The repaired copy has it where this machine kept it in a backup or in the second record; else"
    " it is left out and named."
)
_AS_IT_IS = marked(
    "Nothing says what stood there: the repaired copy takes it as it is. Look at it, or restore a"
    " backup."
)
_AS_GIVEN = marked(
    "The repaired copy has those that the article came with, where the file still keeps them; else"
    " those of the rules, to be looked at."
)
_REPAIRS = {
    "D00": marked(
        "The repaired copy has what is left of it, of its backup and of the second record."
    ),
    "D01": marked("The repaired copy has everything that can still be read and is sound."),
    "D02.newer": marked("Install that Hashiya; this one leaves the file as it is."),
    "D05": _FROM_BESIDE,
    "D05.missing": _FROM_BESIDE,
    "D06": _FROM_BESIDE,
    "D06.lost": _FROM_BESIDE,
    "D07": marked(
        "The repaired copy has them where this machine kept them in the second record; else it"
        " notes that they are missing."
    ),
    "D08": _FROM_HISTORY,
    "D09": _FROM_HISTORY,
    "D10.agreement": marked(
        "The repaired copy has none of them: they are counted again when agreement is asked for,"
        " and in this file too."
    ),
    "D11": _FROM_HISTORY,
    "D12": _FROM_HISTORY,
    "D13": _AS_IT_IS,
    "D13.gone": marked("The repaired copy has it as it was written down the second time."),
    "D13.not_given": _AS_GIVEN,
    "D13.no_regions": _AS_GIVEN,
    "D13.regions": _AS_GIVEN,
    "D13.given": marked(
        "The repaired copy keeps the regions that stand there, or those of the rules, as the ones"
        " that the article came with. Look at them, or restore a backup."
    ),
    "I01": marked("Nothing is lost by it: the repaired copy notes it."),
}


def message(finding: Finding, language: Language) -> str:
    """Return what was found as a sentence."""
    if finding.why == MORE:
        return language.text(_MORE, code=finding.code, n=finding.n)
    return language.text(_of(_FOUND, finding), where=finding.where)


def repair(finding: Finding, language: Language) -> str:
    """Return what a repair does about it as a sentence."""
    return language.text(_of(_REPAIRS, finding) or _MADE_ANEW)


def made(remade: "Remade", language: Language) -> Iterator[str]:
    """Yield what a new file was made of, and what it lacks, in sentences."""
    articles = language.plural("{n} article", "{n} articles", remade.n_articles)
    operations = language.plural("{n} operation", "{n} operations", remade.n_operations)
    yield language.text("In it: {parts}.", parts=language.listed((articles, operations)))
    lost = remade.lost
    for template, n in (
        (marked("Articles without their text, left out: {n}."), len(lost.texts)),
        (marked("Operations on them, left out: {n}."), lost.waiting),
        (_NOT_THEIR_HASH, len(lost.operations)),
        (marked("Operations before which others are missing: {n}."), remade.n_noted),
    ):
        if n:
            yield language.text(template, n=n)


_NOT_THEIR_HASH = marked("Operations that are not what their hash says, left out: {n}.")


def _of(templates: dict[str, str], finding: Finding) -> str:
    return templates.get(f"{finding.code}.{finding.why}") or templates.get(finding.code, "")
