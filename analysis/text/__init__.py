"""What can be said of a text before knowing what it is about."""
