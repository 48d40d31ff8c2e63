"""What intake makes of the official documents, without their words."""
