"""Decisions without widgets, and Qt models over what services return."""
