"""How commands open the project that they are given: what it lacks comes back, and is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.output import Output

if TYPE_CHECKING:
    from annotator.store.project import Project


@contextmanager
def opened(output: Output, file: Path) -> Iterator["Project"]:
    """Open the project file for the length of the block; close it at the end.

    On stderr stands what came back into it, and once whether the second record could be written.
    """
    from annotator.services import reopening
    from annotator.store.project import Project
    from annotator.store.trouble import told as trouble_told

    with trouble_told(file.name, is_reading=True), Project.open(file) as project:
        found = reopening.merged_back(project)
        if found.is_anything:
            from annotator.services.reopeningwords import told

            for said in told(found, file.name, output.language):
                output.complain(said)
        try:
            yield project
        finally:
            project.try_second_record()
            if project.second_record is not None:
                from annotator.services.wording import sentence

                output.complain(sentence(project.second_record, output.language))
