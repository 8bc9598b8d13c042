"""giro-lint: a linter for China's government-information-openness annual reports. May import: nothing until a name is used."""

from __future__ import annotations

from giro_lint._version import __version__

TYPE_CHECKING = False  # as in `typing`, which costs a third of the time that `giro-lint --version` takes
if TYPE_CHECKING:
    from typing import Any

    from giro_lint.api import lint_bytes, lint_file, lint_paths, lint_text, parse_text, plan_for
    from giro_lint.config import Config
    from giro_lint.engine import Plan
    from giro_lint.fixing import fix_text
    from giro_lint.model.diagnostic import Applicability, Diagnostic, Edit, Fix, Severity
    from giro_lint.model.document import Document
    from giro_lint.model.errors import ConfigError, GiroLintError, RulesetError
    from giro_lint.model.report import Outcome, Report
    from giro_lint.model.source import Span
    from giro_lint.model.suppression import Suppression
    from giro_lint.ruleset.rules import Rule, Ruleset

_HOMES = {
    "giro_lint.api": ("lint_bytes", "lint_file", "lint_paths", "lint_text", "parse_text", "plan_for"),
    "giro_lint.config": ("Config",),
    "giro_lint.engine": ("Plan",),
    "giro_lint.fixing": ("fix_text",),
    "giro_lint.model.diagnostic": ("Applicability", "Diagnostic", "Edit", "Fix", "Severity"),
    "giro_lint.model.document": ("Document",),
    "giro_lint.model.errors": ("ConfigError", "GiroLintError", "RulesetError"),
    "giro_lint.model.report": ("Outcome", "Report"),
    "giro_lint.model.source": ("Span",),
    "giro_lint.ruleset.rules": ("Rule", "Ruleset"),
    "giro_lint.model.suppression": ("Suppression",),
}

__all__ = [
    "Applicability",
    "Config",
    "ConfigError",
    "Diagnostic",
    "Document",
    "Edit",
    "Fix",
    "GiroLintError",
    "Outcome",
    "Plan",
    "Report",
    "Rule",
    "Ruleset",
    "RulesetError",
    "Severity",
    "Span",
    "Suppression",
    "__version__",
    "fix_text",
    "lint_bytes",
    "lint_file",
    "lint_paths",
    "lint_text",
    "parse_text",
    "plan_for",
]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'giro_lint' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
