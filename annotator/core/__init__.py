"""What things are: frozen dataclasses and pure functions. No files, no SQL, no Qt."""
