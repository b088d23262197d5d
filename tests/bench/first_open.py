"""A process that opens a project as a command does, reads its first list of articles, and ends.

Run: python -m tests.bench.first_open PROJECT.hashiya ANNOTATOR
It prints one line of JSON: for each step the CPU seconds of the process until then.
"""

import json
import sys
import time
from pathlib import Path


def main() -> int:
    """Open it, as everybody does who will write in it, and list."""
    at = {"Python": time.process_time()}
    from annotator.services import annotators, browsing, reopening
    from annotator.store.project import Project

    at["modules imported"] = time.process_time()
    with Project.open(Path(sys.argv[1])) as project:
        at["opened"] = time.process_time()
        found = reopening.merged_back(project)
        at["second record looked at"] = time.process_time()
        page = browsing.page(project, annotators.named(project, sys.argv[2]))
        at["first list"] = time.process_time()
    print(json.dumps({"at": at, "rows": len(page.rows), "came": found.is_anything}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
