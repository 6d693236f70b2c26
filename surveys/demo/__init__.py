"""The reference consultation as a demonstration: published totals and shares, words written for it."""

from surveys.demo.loading import DemoReport, load

__all__ = ["DemoReport", "load"]
