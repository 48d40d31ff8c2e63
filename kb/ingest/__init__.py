"""Intake: bytes become blocks, blocks become a document."""
