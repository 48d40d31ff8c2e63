"""Use cases: one verb a file; the only rooms that join ingest, storage and search."""
