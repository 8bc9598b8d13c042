"""YAML rules to a ruleset: loading, option classes, selection, compiled form. May import: model, grammar."""
