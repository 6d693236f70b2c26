"""Keeping what was given: copies of a whole installation, their return, and the proof that nothing is missing."""
