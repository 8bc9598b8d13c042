"""Reports to formats: a file a format; each sees only `Report`. May import: model."""
