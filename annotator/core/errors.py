"""Expected trouble. A code and its data; the sentence is worded in `services.wording`."""


class UserError(Exception):
    """Trouble that a person can understand and act on.

    `code` never changes with the language. `data` fills the sentence and is given by `--json`
    callers as it is: strings, integers and lists of them only. `place` is where the file stands
    that could not be opened; nobody is told of it, it tells files of one name apart.
    """

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)
        self.code = code
        self.data = data
        self.place = ""

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.data.items())
        return f"{self.code}({told})"


def refuse(trouble: UserError | None) -> None:
    """Raise `trouble` if there is any: checks return, services refuse."""
    if trouble is not None:
        raise trouble
