"""Bytes to sources: a file a medium. May import: model."""
