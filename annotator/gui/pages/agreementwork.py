"""Work of the agreement page that runs as a job, and what it brings back.

What compares is loaded where it runs: the window does not wait for it.
"""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from annotator.core.model import Region
from annotator.gui.jobs import Work
from annotator.i18n import Language
from annotator.services.progress import Progress
from annotator.store import comparing
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.gui.models.agreementplaces import Found
    from annotator.gui.models.agreementplot import Opening
    from annotator.gui.pages.agreementboard import BoardPlace
    from annotator.services.agreeing import AgreementReport, Asked


class Filter(msgspec.Struct, frozen=True):
    """What is compared: `who` are uids, nobody named is everybody."""

    without_suggestions: bool = False
    trim: bool = False
    who: tuple[str, ...] = ()


class Computed(msgspec.Struct, frozen=True):
    """The figures, for which filter, the seconds that they took, and what the file knew then."""

    report: "AgreementReport"
    filter: Filter
    seconds: float
    operation: int


class Places(msgspec.Struct, frozen=True):
    """What an opening means: the places that are listed, and whether there are more."""

    opening: "Opening"
    found: "tuple[Found, ...]"
    has_more: bool


class AgreementPlace(msgspec.Struct, frozen=True):
    """What is shown on the page: kept while the window is built anew."""

    filter: Filter = Filter()
    computed: Computed | None = None
    readers: tuple[tuple[str, str], ...] = ()
    board: "BoardPlace | None" = None
    places: Places | None = None
    row: int = 0


def computing(wanted: Filter, known: Computed | None = None) -> Work:
    """Return the work that compares all readings that `wanted` takes.

    It brings back `known` where nothing has happened in the file since.
    """

    def work(project: Project, progress: Progress) -> Computed:
        from annotator.services.agreeing import Asked, agreement

        operation = comparing.last_operation(project)
        if known is not None and (known.filter, known.operation) == (wanted, operation):
            return known
        began = time.perf_counter()
        asked = Asked(
            who=wanted.who, trim=wanted.trim, without_suggestions=wanted.without_suggestions
        )
        report = agreement(project, asked, progress, over_time=True)
        return Computed(report, wanted, time.perf_counter() - began, operation)

    return work


def finding(opening: "Opening", asked: "Asked") -> Work:
    """Return the work that looks for the places of an opening among what was compared."""

    def work(project: Project, progress: Progress) -> Places:
        from annotator.gui.models.agreementplaces import AT_MOST, Found, in_order
        from annotator.services.agreeingplaces import places

        found: list[Found] = []
        for where in opening.wheres:
            some = places(project, asked, where, AT_MOST + 1, progress)
            found += [Found(where.what, place) for place in some]
        ordered = in_order(found)
        return Places(opening, ordered[:AT_MOST], len(ordered) > AT_MOST)

    return work


def writing(report: "AgreementReport", path: Path, language: Language) -> Work:
    """Return the work that writes what `report` asked for, in full, as the file is then.

    A page is written, or a table where `path` ends in .csv.
    """

    def work(project: Project, progress: Progress) -> Path:
        from annotator.services.agreeing import agreement
        from annotator.services.agreeingcsv import write_csv
        from annotator.services.agreeinghtml import write_html

        whole = agreement(project, report.asked, progress, in_full=True)
        if path.suffix.lower() == ".csv":
            write_csv(whole, path)
        else:
            write_html(whole, path, language)
        return path

    return work


def texts_of(project: Project, article: str) -> tuple[str, Sequence[Region], frozenset[str]]:
    """Return the text of an article, its regions, and the roles that are labelled."""
    sha256 = project.article(article).sha256
    return project.text(sha256), tuple(project.regions(sha256)), project.annotatable
