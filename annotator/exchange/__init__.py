"""Handing over: bundles, written and read as streams. Knows no projects and no SQL."""
