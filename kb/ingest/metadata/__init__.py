"""Metadata: what a document's head, notes and closing lines say of it."""

from kb.ingest.metadata.complete import complete
from kb.ingest.metadata.head import read_head
from kb.ingest.metadata.model import Head

__all__ = ["Head", "complete", "read_head"]
