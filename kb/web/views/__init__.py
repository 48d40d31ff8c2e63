"""Page contexts: pure functions from storage and search values to what the templates show."""
