"""Citations: the one grammar of how acts and their units are named."""
