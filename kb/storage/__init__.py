"""Storage: the truth, kept by SQLAlchemy."""
