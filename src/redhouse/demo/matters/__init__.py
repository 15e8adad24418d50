"""Matters of the demo town, taken step by step through the actions of real life, never around them."""

from redhouse.demo.matters.loading import load_matters, matters_wanted, seal_archives

__all__ = ["load_matters", "matters_wanted", "seal_archives"]
