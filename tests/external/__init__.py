"""Tests of the outside programs."""
