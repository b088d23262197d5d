"""Whole pages: panels put together and wired to the session."""
