"""Unitized alpha over all types together: looked at in the texts, as no counts are kept of it."""

from annotator.agreement import counting, flatfigures, flatunits
from annotator.agreement.flatfigures import Unitized
from annotator.agreement.texts import Classes, Trim
from annotator.services import agreeingcounts, agreeingsums
from annotator.services.agreeingsums import Ready
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store.comparingrows import Numbering
from annotator.store.project import Project


def unitized(project: Project, ready: Ready, progress: Progress = SILENT) -> Unitized:
    """Return Krippendorff's family over the labels of entities that `ready` compares."""
    asked, names, classes = ready.asked, Numbering(("",)), Classes()
    choice = agreeingsums.choice_of(project, asked, ready.articles)
    rows = ready.articles
    if choice.articles is not None:
        rows = [ready.articles[at] for at in sorted(choice.articles)]
    told = agreeingcounts.batches(
        project,
        sorted(rows),
        names,
        Trim(asked.trim, asked.punctuation),
        who=choice.who,
        without_seen=choice.without_seen,
        only_entities=True,
    )
    sums, n = flatunits.nothing(), 0
    for some, batch in told:
        go_on(progress, n, len(rows))
        n += len(some.articles)
        prepared = counting.prepared(batch, classes)
        sums += flatunits.flat_sums(prepared, names.names, choice.types)
    return flatfigures.unitized(sums, names.names)
