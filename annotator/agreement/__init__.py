"""Measures that compare layers: figures in, figures out. No files, no SQL, no Qt."""
