"""Measures of the search: how well it finds, and how fast."""
