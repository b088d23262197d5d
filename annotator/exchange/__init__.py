"""Handing work over: bundles and the team folder. The only place that reads and writes their zip."""
