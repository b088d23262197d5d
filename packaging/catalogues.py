"""Compile the gettext catalogues: every `hashiya.po` gets its `hashiya.mo` beside it.

Called by bootstrap.py at set-up and by the build hook of the wheel, so that both have the same.
The `.mo` files are not kept in git. Only `compile_all` needs Babel.
"""

import os
import pathlib
import sys

I18N = pathlib.Path(__file__).resolve().parent.parent / "resources" / "i18n"


def stale(folder: pathlib.Path = I18N) -> "list[pathlib.Path]":
    """Return the catalogues under `folder` whose compiled form is absent or older, by name."""
    return [po for po in sorted(folder.glob("*/LC_MESSAGES/*.po")) if _is_stale(po)]


def _is_stale(po: pathlib.Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime <= po.stat().st_mtime


def compile_all(folder: pathlib.Path = I18N) -> "list[pathlib.Path]":
    """Compile every catalogue under `folder`; return the files made. Each appears whole or not."""
    from babel.messages import mofile, pofile

    made = []
    for po in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        with po.open("rb") as source:
            catalogue = pofile.read_po(source, locale=po.parent.parent.name, abort_invalid=True)
        mo = po.with_suffix(".mo")
        part = mo.with_name("%s.%d.part" % (mo.name, os.getpid()))
        with part.open("wb") as target:
            mofile.write_mo(target, catalogue)
        part.replace(mo)
        made.append(mo)
    return made


if __name__ == "__main__":
    compile_all(*(pathlib.Path(word) for word in sys.argv[1:2]))
