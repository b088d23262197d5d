"""Benchmarks: run by hand and once a release, never in the test run."""
