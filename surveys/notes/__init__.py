"""Notes taken elsewhere, read as the lines of a rencontre."""
