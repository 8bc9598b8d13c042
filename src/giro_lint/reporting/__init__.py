"""Reports to formats: a file a format, found by name in `formats`. May import: model, ruleset.rules for its types."""
