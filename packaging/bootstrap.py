#!/usr/bin/env python3
"""Set Hashiya up from a fresh clone, and do something with it.

    python3 packaging/bootstrap.py demo    set up, then do the main job on seeds/
    python3 packaging/bootstrap.py test    set up, then run the tests (more words go to pytest)
    python3 packaging/bootstrap.py lint    set up, then read the source: style, types, imports
    python3 packaging/bootstrap.py check   set up, then what a commit must pass: lint, fast tests
    python3 packaging/bootstrap.py lock    resolve the locks anew (needs uv; --upgrade for newer)

It needs Python 3.11 and nothing else. Everything it makes is in .venv, which may be deleted at any
time. Exit 3: the machine lacks something, and a line says what. HASHIYA_NO_APT=1: leave apt-get be.
"""

# The standard library only, and syntax that any Python 3 reads, so that an old one says what it
# lacks instead of failing on the first line that it does not know.

import hashlib
import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import catalogues
import native

if TYPE_CHECKING:
    from collections.abc import Callable

OLDEST = (3, 11)
ROOT = pathlib.Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "packaging" / "requirements" / "dev.txt"

# The whole suite runs these too.
LINTERS = [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"], ["lint-imports"]]

# What each lock is resolved from. Nothing of the machine gets into one: no settings of uv or pip
# are read, and no address is written.
LOCKS = {
    "app": ["pyproject.toml"],
    "dev": ["pyproject.toml", "--group", "dev"],
    "build": ["--group", "build"],
}
RESOLVE = ["pip", "compile", "--universal", "--generate-hashes", "--python-version", "3.11"]
RESOLVE += ["--no-config", "--no-emit-index-url", "--no-emit-find-links", "--quiet"]

# Run inside the environment: compiles pyarabic.
COMPILE = (
    "import compileall, pathlib, sysconfig;"
    "compileall.compile_dir(pathlib.Path(sysconfig.get_path('purelib'), 'pyarabic'), quiet=2)"
)


class LackError(Exception):
    """The machine lacks something; the text says what, and what to do."""


# --- the virtual environment ----------------------------------------------------------------------


def set_up() -> None:
    """Make `.venv` as the lock says, with Hashiya and its compiled catalogues in it."""
    stamp = VENV / "packages.sha256"
    if stamp.exists() and not pathlib.Path(program("python")).exists():
        stamp.unlink()  # the Python that it was made of is gone
    once(stamp, install_packages, LOCK)
    once(VENV / "project.sha256", install_project, ROOT / "pyproject.toml")
    if catalogues.stale():
        run([program("python"), str(ROOT / "packaging" / "catalogues.py")], "compile a catalogue")


def once(stamp: pathlib.Path, step: "Callable[[], None]", *files: pathlib.Path) -> None:
    """Do `step` unless it ended well before and nothing that it depends on has changed since.

    The stamp is taken away first and written last: what was interrupted is done again.
    """
    wanted = fingerprint(*files)
    if stamp.exists():
        if stamp.read_text(encoding="ascii", errors="replace") == wanted:
            return
        stamp.unlink()
    step()
    part = stamp.with_suffix(".part")
    part.write_text(wanted, encoding="ascii")
    part.replace(stamp)


def fingerprint(*files: pathlib.Path) -> str:
    """Name what a step of the set-up depends on: `files`, this Python, and where the clone is."""
    parts = [path.read_bytes() for path in files]
    parts += [part.encode("utf-8", "surrogateescape") for part in (sys.version, str(ROOT))]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def program(name: str) -> str:
    """Return the path of a program of the environment, `python` among them."""
    if os.name == "nt":
        return str(VENV / "Scripts" / (name + ".exe"))
    return str(VENV / "bin" / name)


def install_packages() -> None:
    """Make the environment and install what the lock pins, each file with its hash."""
    print("bootstrap: setting up .venv (once; it takes a minute or two)", flush=True)
    make_venv()
    pinned = ["--require-hashes", "--only-binary", ":all:", "-r"]
    uv = ["uv", "pip", "install", "--quiet", "--compile-bytecode", "--python", program("python")]
    # uv is only quicker: it does not know pip's settings, so where it fails pip has its turn.
    if not (shutil.which("uv") and succeeds(uv + pinned + [str(LOCK)])):
        pip_alone = VENV / "pip.txt"
        pip_alone.write_text(pin_of("pip", LOCK), encoding="ascii")
        for requirements in (pip_alone, LOCK):  # an old pip is slow and trusts fewer certificates
            pip_install("the packages", *pinned + [str(requirements)])
    # Now, and quietly: pyarabic has invalid escapes, which warn whoever compiles it first.
    run([program("python"), "-W", "ignore", "-c", COMPILE], "compile pyarabic")


def make_venv() -> None:
    """Make an empty `.venv`, or keep the one that we run in."""
    if pathlib.Path(sys.prefix).resolve() == VENV:
        return
    uv = ["uv", "venv", "--quiet", "--clear", "--no-project", "--no-python-downloads"]
    if shutil.which("uv") and succeeds(uv + ["--python", sys.executable, str(VENV)]):
        return
    # Debian's python3 comes without ensurepip, and `-m venv` would leave a broken folder behind.
    if not (importlib.util.find_spec("ensurepip") or native.install(native.VENV)):
        line = native.line_to_run(native.VENV)
        raise LackError("this Python cannot make virtual environments. Run:\n    " + line)
    run([sys.executable, "-m", "venv", "--clear", str(VENV)], "make " + str(VENV))


def pin_of(name: str, lock: pathlib.Path) -> str:
    """Return the lines of `lock` that pin `name`, with its hashes."""
    lines = lock.read_text(encoding="ascii").splitlines(True)
    first = next(at for at, line in enumerate(lines) if line.startswith(name + "=="))
    last = next(at for at in range(first, len(lines)) if not lines[at].endswith("\\\n"))
    return "".join(lines[first : last + 1])


def install_project() -> None:
    """Install Hashiya itself, in place. Its build back-end is in the lock: nothing is fetched."""
    in_place = ["--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT)]
    pip_install("Hashiya into .venv", *in_place)


def pip_install(what: str, *words: str) -> None:
    """Let the environment's pip install; its settings hold, but for those that lead elsewhere."""
    pip = [program("python"), "-m", "pip", "install", "--quiet", "--no-input", "--no-user"]
    pip += ["--disable-pip-version-check", "--no-warn-script-location"]
    run(pip + list(words), "install " + what + ": pip says why above. Is there a network?")


# --- running --------------------------------------------------------------------------------------


def start(command: "list[str]") -> int:
    """Run a command from the root and return its exit code.

    Text is UTF-8 everywhere, and no other Python's settings leak in.
    """
    environment = dict(os.environ, PYTHONUTF8="1")
    for name in ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_USER"):
        environment.pop(name, None)
    sys.stdout.flush()
    return subprocess.run(command, cwd=str(ROOT), env=environment, check=False).returncode


def succeeds(command: "list[str]") -> bool:
    """Run a command and say whether it ended well."""
    return start(command) == 0


def run(command: "list[str]", aim: str) -> None:
    """Run a command that the set-up cannot do without; `aim` completes "could not"."""
    if not succeeds(command):
        raise LackError("could not " + aim)


def choose_platform() -> bool:
    """Choose where Qt draws, for all that we start, and say whether it can draw at all.

    Where a library or the display is missing Qt aborts, and no Python can catch that, so this is
    settled before. What has no window needs none of it: a line says what is missing and how to
    mend it, and the rest goes on.
    """
    if not sys.platform.startswith("linux"):
        return True
    if not native.provide(native.OFF_SCREEN):
        explain("no windows, for want of", native.OFF_SCREEN)
        return False
    environment = dict(os.environ)
    if environment.get("QT_QPA_PLATFORM") or native.live_wayland(environment):
        return True
    if not native.live_x11(environment):
        print("bootstrap: no display, so windows are drawn off screen", flush=True)
    elif native.provide(native.ON_X11):
        return True
    else:
        explain("windows are drawn off screen, for want of", native.ON_X11)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return True


def explain(what: str, libraries: "dict[str, list[str]]") -> None:
    """Say which libraries are missing, and the exact line that brings them."""
    absent = native.missing(libraries)
    line = native.line_to_run(native.packages_of(absent))
    print("bootstrap: {} {}. Run:\n    {}".format(what, ", ".join(absent), line), flush=True)


# --- the commands ---------------------------------------------------------------------------------


def demo(words: "list[str]") -> int:
    """Do the main job on the seeds."""
    choose_platform()
    return start([program("python"), str(ROOT / "packaging" / "demo.py"), *words])


def test(words: "list[str]") -> int:
    """Run the whole suite; without Qt's libraries all but the window's tests, and answer 3."""
    pytest = [program("python"), "-m", "pytest"]
    if not words:  # a file of tests stays in one process, with what it has made for all of them
        pytest += ["-n", str(os.cpu_count() or 1), "--dist", "loadfile"]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # no window jumps up while one works
    if choose_platform():
        return start(pytest + words)
    window = ["--ignore", "annotator/gui", "--ignore", "tests/gui", "-m", "not window"]
    window.append("--doctest-ignore-import-errors")  # what drives or measures the window
    code = start([*pytest, "-p", "no:pytest-qt", *window, *words])
    if not (ROOT / "tests" / "gui").exists():
        return code
    print("bootstrap: the window was not tested", flush=True)
    return code or 3


def lint(words: "list[str]") -> int:
    """Read the source without running it: style, form, types, imports; all, whatever fails."""
    return max(start([program(name), *rest, *words]) for name, *rest in LINTERS)


def check(words: "list[str]") -> int:
    """Do what a commit must pass."""
    return max(lint([]), test(["-m", "not slow", *words]))


def lock(words: "list[str]") -> int:
    """Resolve the locks anew, keeping the pins that still fit."""
    if not shutil.which("uv"):
        raise LackError("the locks are resolved with uv, which is not on PATH")
    for name in [name for name in os.environ if name.startswith(("PIP_", "UV_"))]:
        del os.environ[name]
    for name, sources in LOCKS.items():
        target = "packaging/requirements/{}.txt".format(name)
        run(["uv", *RESOLVE, *words, *sources, "-o", target], "resolve " + target)
    return 0


COMMANDS = {"demo": demo, "test": test, "lint": lint, "check": check, "lock": lock}


def main(words: "list[str]") -> int:
    """Set up and run one command; return the exit code."""
    if not words or words[0] not in COMMANDS:
        print(__doc__)
        return 0 if words in (["-h"], ["--help"]) else 2
    try:
        refuse_python(sys.version_info[:3], sys.maxsize)
        if words[0] != "lock":
            set_up()
        return COMMANDS[words[0]](words[1:])
    except (LackError, OSError) as trouble:
        print("bootstrap: {}".format(trouble), file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("bootstrap: stopped; run it again to go on", file=sys.stderr)
        return 130


def refuse_python(version: "tuple[int, ...]", greatest: int) -> None:
    """Refuse a Python that is too old, or whose 32 bits Qt has no package for."""
    if version < OLDEST:
        text = ".".join(str(part) for part in version)
        raise LackError("Hashiya needs Python 3.11 or newer, and this is " + text)
    if greatest < 2**32:
        raise LackError("Hashiya needs a 64-bit Python, and this one has 32 bits")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
