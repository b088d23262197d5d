"""What `bootstrap.py demo` plays, inside the environment that it set up."""

import subprocess
import sys


def main() -> int:
    """Show that the program starts."""
    return subprocess.run([sys.executable, "-m", "annotator", "--version"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
