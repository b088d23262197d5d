"""What can be done: a verb over a project, with a report back. Nothing prints, asks or sleeps."""
