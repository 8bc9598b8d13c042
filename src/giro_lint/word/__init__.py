"""Findings and fixes written into Word documents: comments, tracked changes."""
