"""The slides, one module for each part of the reference plan."""
