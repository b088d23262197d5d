"""Examining articles of an open project, one by one, before something is done with them."""

from annotator.store import doctorfindings as found
from annotator.store import (
    doctorhistory,
    doctorlayers,
    doctorregions,
    doctortexts,
    takenback,
    trouble,
)
from annotator.store.doctorfindings import Finding, Findings
from annotator.store.doctorlayers import Known
from annotator.store.doctorproject import Settings
from annotator.store.project import Project

_NO_HINDRANCE = frozenset({found.CHAIN, found.FORK})
"""What is missing in history may be in what is about to come, and changes nothing that is there."""


class Touched:
    """Examines articles of `project`, as the file is in that moment: texts, regions, then layers.

    Layers are examined where `is_replayed`: their history is then folded anew, which takes half as
    long as exporting them.
    """

    def __init__(self, project: Project, *, is_replayed: bool) -> None:
        self._project = project
        self._is_replayed = is_replayed
        connection = project.connection
        with trouble.sound(project.path.name):
            self._known = Known(
                project.label_schema,
                takenback.names(connection),
                excused=doctorhistory.excused_up_to(connection, project.owner),
                noted=Settings.of(connection).noted,
            )
            self._said = doctorregions.Said.in_history(connection)

    def findings(self, article: str) -> tuple[Finding, ...]:
        """Return what is wrong with an article (its SHA-256) and its layers."""
        findings = Findings()
        with trouble.sound(self._project.path.name):
            text = self._project.text(article)
            length = self._project.article(article).length
            why = doctortexts.why_wrong(article, length, text)
            if why is not None:
                findings.add(found.TEXT, f"articles/{article[:16]}", why)
            else:
                doctorregions.examine_one(self._project.connection, article, findings, self._said)
                if self._is_replayed:
                    self._layers(article, findings)
        return tuple(one for one in findings.told() if one.code not in _NO_HINDRANCE)

    def _layers(self, article: str, findings: Findings) -> None:
        connection = self._project.connection
        for layer in doctorlayers.stored_of(connection, article):
            doctorlayers.examine(connection, [layer], self._known, findings)
