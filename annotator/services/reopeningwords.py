"""What opening a file brought back, in sentences for people."""

from annotator.i18n import Language, marked
from annotator.services.reopening import Reopened
from annotator.services.wording import sentence


def told(found: Reopened, name: str, language: Language) -> list[str]:
    """Return the sentences on what was `found` when the file called `name` was opened."""
    text, operations = language.text, ("{n} operation", "{n} operations")
    said = []
    if found.back:
        back = language.plural(*operations, found.back)
        said.append(text(_BACK, path=name, operations=back))
    if found.waiting and found.trouble is None:
        said.append(text(_WAITING, operations=language.plural(*operations, found.waiting)))
    if found.imports:
        said.append(text(_IMPORTS))
    if found.damaged:
        said.append(text(_DAMAGED))
    if found.trouble is not None:
        why = sentence(found.trouble, language)
        waiting = language.plural(*operations, found.waiting)
        is_known = found.waiting > 0
        said.append(text(_NOT_NOW, operations=waiting, path=name, why=why) if is_known else why)
    return said


_BACK = marked(
    "“{path}” was older than what was done in it here: {operations} came back from the second"
    " record."
)
_WAITING = marked(
    "In the second record only, because their articles or readers are not in this file:"
    " {operations}. Import or merge these again, then open the file anew."
)
_IMPORTS = marked("An import that was made in this file is not in it any more: repeat it.")
_DAMAGED = marked("A part of the second record is damaged: what stood there could not come back.")
_NOT_NOW = marked(
    "The second record has what “{path}” lacks, {operations}, and it could not come back now. {why}"
)
