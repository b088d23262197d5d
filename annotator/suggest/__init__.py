"""Suggestions: what a machine would label, from memory, rules and other programs. No SQL, no Qt."""
