"""Build hook: puts the compiled form of the rules beside the package, so that an installed giro-lint never parses YAML."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class RulesHook(BuildHookInterface[Any]):
    """Compiles ``rules/`` before a wheel is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write ``src/giro_lint/_compiled`` and take it into the wheel."""
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from giro_lint.ruleset.builtin import compile_rules

        compile_rules()
        build_data["force_include"][str(Path(self.root) / "src" / "giro_lint" / "_compiled")] = "giro_lint/_compiled"
