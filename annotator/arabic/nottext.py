"""Why something cannot be the text of an article, and where."""

from typing import Literal


class NotText(ValueError):  # noqa: N818
    """Bytes or characters that no article can hold.

    `code` is one of `empty`, `binary`, `unknown_encoding`, `wrong_encoding`, `unsure`, `nul` and
    `lone_surrogate`. Where there is a place, `offset` counts from 0 in `unit` and `line` from 1.
    """

    def __init__(
        self,
        code: str,
        offset: int | None = None,
        line: int | None = None,
        unit: Literal["bytes", "characters"] = "characters",
    ) -> None:
        """Refuse for the reason `code`, at a place where there is one."""
        super().__init__(code, offset, line, unit)
        self.code = code
        self.offset = offset
        self.line = line
        self.unit = unit

    def __str__(self) -> str:
        """Return the code, with the place where there is one."""
        if self.offset is None:
            return self.code
        return f"{self.code} at {self.offset} ({self.unit}), line {self.line}"
