"""What the words and the numbers say: pure functions, no web and no database."""
