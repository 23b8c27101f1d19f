"""Which row and field each claim of a text speaks of, by its words alone."""
