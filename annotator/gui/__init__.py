"""The window, over the services: actions, canvas, pages, dialogs. PySide6 lives here alone."""
