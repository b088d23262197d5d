"""The wheel's build hook: compiled catalogues, and what lies outside the package but belongs to it.

`resources/` and `seeds/` go to `annotator/_resources`, where `annotator.paths` looks first. The
articles under `seeds/articles` are other people's texts: they never leave the repository.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))
import catalogues

INSIDE = "annotator/_resources"
KEPT_BACK = "articles"
SOURCES = {".cfg", ".po", ".pot"}  # what catalogues are made of


class HashiyaBuildHook(BuildHookInterface[Any]):
    """Adds the resources to the wheel. An editable install finds them where they are."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues, then name each file to add; `version` is the kind of build."""
        root = Path(self.root)
        catalogues.compile_all(root / "resources" / "i18n")
        if version == "editable":
            return
        added = build_data["force_include"]
        for source, target in (("resources", INSIDE), ("seeds", INSIDE + "/seeds")):
            added.update(files_under(root / source, target))


def files_under(folder: Path, target: str) -> dict[str, str]:
    """Return each file under `folder` with its place in the wheel, without what is kept back."""
    inside = {path.relative_to(folder): path for path in sorted(folder.rglob("*"))}
    return {
        str(path): f"{target}/{place.as_posix()}"
        for place, path in inside.items()
        if path.is_file() and path.suffix not in SOURCES and place.parts[0] != KEPT_BACK
    }
