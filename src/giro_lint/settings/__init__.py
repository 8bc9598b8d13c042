"""Configuration files: their shape, where they are found, what applies to a file and why. May import: engine and what is below."""
