"""The kinds of rule, each with the class of its options. May import: figure_options, text_options."""

from __future__ import annotations

from giro_lint.ruleset.figure_options import (
    BlockedOptions,
    BreakdownOptions,
    CellOptions,
    ClaimOptions,
    CulpritOptions,
    EquationOptions,
    RelationOptions,
    TableOptions,
)
from giro_lint.ruleset.text_options import (
    ContactOptions,
    DateOptions,
    EditionOptions,
    EngineOptions,
    HeadingOptions,
    LengthOptions,
    MentionOptions,
    OverlapOptions,
    PairsOptions,
    PatternOptions,
    SectionOptions,
    SignatureOptions,
    TitleOptions,
)

KINDS: dict[str, type] = {
    "engine": EngineOptions,
    "edition": EditionOptions,
    "section": SectionOptions,
    "title": TitleOptions,
    "heading": HeadingOptions,
    "mention": MentionOptions,
    "length": LengthOptions,
    "table": TableOptions,
    "cell": CellOptions,
    "equation": EquationOptions,
    "culprit": CulpritOptions,
    "blocked": BlockedOptions,
    "relation": RelationOptions,
    "claim": ClaimOptions,
    "breakdown": BreakdownOptions,
    "date": DateOptions,
    "contact": ContactOptions,
    "signature": SignatureOptions,
    "pattern": PatternOptions,
    "pairs": PairsOptions,
    "overlap": OverlapOptions,
}
