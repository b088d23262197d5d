"""How articles and labels are spelled elsewhere: one file a format behind one small protocol."""
