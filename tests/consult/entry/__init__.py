"""Answers keyed in by an agent."""
