"""A device left for residents."""
