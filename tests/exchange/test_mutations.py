"""Thousands of bundles changed at random: none makes anything fall over, or takes long.

A few hundred in the usual run, 20,000 with HASHIYA_LONG=1.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

IS_LONG = os.environ.get("HASHIYA_LONG") == "1"
N = 20_000 if IS_LONG else 400
MEGABYTES = 512
SECONDS = 2.0
ROOT = Path(__file__).resolve().parents[2]


def test_no_mutated_bundle_makes_anything_fall_over() -> None:
    command = [sys.executable, "-m", "tests.exchange.mutating", str(N), "20261122"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)

    assert found["fallen"] == []
    assert found["is_as_before"]
    assert found["megabytes"] < MEGABYTES
    assert found["longest"] < SECONDS
    assert sum(found["codes"].values()) == N
    assert {"merged", "damaged_bundle", "not_a_bundle"} <= found["codes"].keys()
