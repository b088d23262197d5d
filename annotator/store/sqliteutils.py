"""sqlite-utils, imported without what it would load beside itself.

It imports numpy and pandas wherever they are installed, to recognise their values in rows. We give
it none, and every command would start half a second later.
"""

import sys

_HIDDEN = [name for name in ("numpy", "pandas") if name not in sys.modules]
for _name in _HIDDEN:
    sys.modules[_name] = None  # type: ignore[assignment]  # an import of it now fails
try:
    from sqlite_utils import Database, Migrations
finally:
    for _name in _HIDDEN:
        del sys.modules[_name]

__all__ = ["Database", "Migrations"]
