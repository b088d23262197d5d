"""How work is handed over without a server: bundles, replies and the team folder."""
