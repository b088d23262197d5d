"""The command line: how services speak with people and scripts in a terminal. click lives here."""
