"""What can be done: a verb over a project, with a report back. Nothing here prints, asks or sleeps."""
