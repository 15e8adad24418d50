"""Reads for the pages of the desk, one module a page."""
