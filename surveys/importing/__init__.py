"""Bringing in what was collected elsewhere."""
