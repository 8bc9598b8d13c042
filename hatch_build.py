"""Build hook: puts the compiled form of the rules beside the package, so that an installed giro-lint never parses YAML."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class RulesHook(BuildHookInterface[Any]):
    """Compiles ``rules/`` before a wheel is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files that every start uses and take them into the wheel."""
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from giro_lint.preparing import prepare_package

        for path in prepare_package():
            build_data["force_include"][path] = f"giro_lint/_compiled/{Path(path).name}"
