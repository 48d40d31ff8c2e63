"""Readers: one file a format, bytes to blocks."""
