"""How well themes are found, beside plain ways of doing it, on real French answers."""
