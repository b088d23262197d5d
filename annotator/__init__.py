"""Hashiya: a desktop program in which people label Arabic articles.

Only the version lives here; it is the one place that says it.
"""

__version__ = "0.1.0"
