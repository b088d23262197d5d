"""Charts of agreement, drawn by hand: what they show is made in `gui/models/agreement*`."""
