"""The third step: which articles the project begins with. There may be none yet."""

from annotator.gui.dialogs.draft import Draft
from annotator.gui.dialogs.encodings import EncodingPick
from annotator.gui.dialogs.glance import Glance
from annotator.gui.dialogs.looking import Looker
from annotator.gui.dialogs.newpage import NewPage
from annotator.gui.dialogs.refusals import refusal_view
from annotator.gui.dialogs.sources import SourcesField
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.widgets.words import Words

_TABLE_HEIGHT = 170


class ArticlesPage(NewPage):
    """Files and folders, and a glance at what would be read of them."""

    def __init__(self, look: Look, draft: Draft, jobs: Jobs) -> None:
        text = look.language.text
        about = text(
            "Files or a folder, read as they are. You can go on without, and import later."
        )
        super().__init__(look, draft, text("Which articles?"), about)
        self.sources = SourcesField(look, draft.sources)
        self.seen = Words(look, "", "strong", wraps=True)
        self.ignored = Words(look, "", "hint", wraps=True)
        self.encodings = EncodingPick(look)
        self.table, self._refused = refusal_view(look)
        self.table.setMinimumHeight(_TABLE_HEIGHT)
        for part in (self.sources, self.seen, self.ignored, self.encodings, self.table):
            self.parts.addWidget(part)
        self.parts.addStretch(1)
        self._n_files = 0
        self._looker = Looker(jobs, self)
        self._looker.seen.connect(self._on_seen)
        self.sources.sources_changed.connect(self._on_sources_changed)
        self.encodings.encoding_picked.connect(self._on_encoding_picked)
        if draft.sources:
            self._on_sources_changed()

    @property
    def note(self) -> str:
        """How many files there are to read."""
        if not self.draft.sources or not self._n_files:
            return ""
        return self.look.language.plural("{n} file", "{n} files", self._n_files)

    def stop(self) -> None:
        """Look no longer."""
        self._looker.stop()

    def _on_sources_changed(self) -> None:
        self.draft.sources = self.sources.sources
        if self.draft.sources:
            self.seen.setText(self.look.language.text("Looking …"))
            self._looker.look_at(self.draft.sources)
        else:
            self._looker.stop()
            self._show(Glance(), is_whole=True)
        self.answered.emit()

    def _on_seen(self, seen: Glance, is_whole: bool) -> None:
        self._show(seen, is_whole=is_whole)
        self.answered.emit()

    def _show(self, seen: Glance, *, is_whole: bool) -> None:
        language = self.look.language
        self._n_files = seen.n_files
        files = language.plural("{n} file", "{n} files", seen.n_files)
        said = language.text("To be read: {files}", files=files)
        self.seen.setText(said if self.draft.sources else "")
        told = language.text("Files in folders that are not read: {n}.", n=len(seen.ignored))
        self.ignored.setText(told if seen.ignored else "")
        self.ignored.setVisible(bool(seen.ignored))
        if is_whole:
            self.encodings.show_unsure(seen.unsure)
            self._refused.show_refused(seen.refused)
            self.table.setVisible(bool(seen.refused))
            self.draft.told = self.encodings.picked

    def _on_encoding_picked(self) -> None:
        self.draft.told = self.encodings.picked
