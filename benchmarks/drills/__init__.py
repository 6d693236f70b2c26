"""Drills: what was acknowledged is there, whole and once, whatever breaks; each runs the real server and breaks it.

``python -m benchmarks drills`` runs them all, ``python -m benchmarks drills D1 D4 --short`` some of them, shorter.
"""
