"""Blocks and the form's editions to a bound document. May import: model, grammar, reading."""
