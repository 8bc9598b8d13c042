"""The evaluators, a file a kind of check: pure generators of findings. May import: model, binding, grammar, ruleset.

A check gets the facts of a document and the options of a rule. It yields findings and returns how many things it looked at, or
the reason why there was nothing to look at.
"""
