"""Pages and REST API."""
