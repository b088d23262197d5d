"""Examining what no history vouches for: settings, receipts, details of articles, their regions."""

import itertools
import sqlite3
from collections.abc import Iterator
from operator import itemgetter

from annotator.core import operations as op
from annotator.core import places
from annotator.core.model import REGION_SOURCES, ROLES, Region
from annotator.store import doctorfindings as found
from annotator.store import receipts, sealing
from annotator.store.doctorfindings import Findings
from annotator.store.doctorproject import Settings

_RECEIPTS = "SELECT uid,at,name,bundle,counts FROM receipts"
_REGIONS = (
    'SELECT a.sha256,a.length,r.start,r."end",r.role,r.source FROM regions r'
    " JOIN articles a ON a.id=r.article ORDER BY r.article,r.start"
)


def examine(connection: sqlite3.Connection, findings: Findings, settings: Settings) -> None:
    """Examine all of it."""
    told = settings.all
    if sealing.has_changed_settings(told) or not _is_possible(settings):
        findings.add(found.DETAILS, "tables/settings", "settings")
    if sealing.has_changed_articles(connection, told):
        findings.add(found.DETAILS, "tables/articles", "articles")
    for row in connection.execute(_RECEIPTS):
        if receipts.has_changed(row, is_sealed=sealing.SETTINGS in told):
            findings.add(found.DETAILS, f"receipts/{row[0]}", "receipt")
    for sha256 in _wrong_regions(connection):
        findings.add(found.DETAILS, f"articles/{sha256[:16]}/{op.REGIONS}", "regions")


def _is_possible(settings: Settings) -> bool:
    told = settings.all
    return (
        bool(settings.uid)
        and told.get("role") in ("lead", "annotator")
        and told.get("indexed", "").isdecimal()
        and set(told.get("annotatable", "?").split()) <= set(ROLES)
    )


def _wrong_regions(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the articles whose regions do not lie in their text, in order, by roles there are."""
    rows = connection.execute(_REGIONS)
    for (sha256, length), some in itertools.groupby(rows, itemgetter(0, 1)):
        regions = [Region(*row[2:]) for row in some]
        is_sourced = all(region.source in REGION_SOURCES for region in regions)
        if not is_sourced or places.of_regions(regions, length) is not None:
            yield sha256
