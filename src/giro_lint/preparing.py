"""What is made once to make every start short: the form of the rules and the table of expressions. May import: everything below.

The build hook makes both for a wheel. In a checkout, and for another interpreter version than a wheel was built with, the command
line makes the table at the end of a run that had to compile much itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from giro_lint.model.errors import GiroLintError
from giro_lint.model.matchers import made, missing, table, table_path, write_table
from giro_lint.model.patterns import Regex, declared

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_WORTH_IT = 8
"""So many expressions have to be missing before a table is made anew."""


def prepare_package() -> list[str]:
    """Make all, whatever is there.

    Returns:
        The files that were made.

    Raises:
        OSError: when the folder of the package cannot be written to.

    """
    from giro_lint.ruleset.builtin import compile_rules

    parts = compile_rules()
    prepare_table()
    folder, table_name = os.path.split(table_path())
    return [os.path.join(folder, name) for name in (*parts, table_name)]


def prepare_table() -> None:
    """Keep the code of every expression that a module declares, that a rule has, or that linting the clean reports needs.

    Raises:
        OSError: when the folder of the package cannot be written to.

    """
    from giro_lint.api import lint_text, plan_for
    from giro_lint.config import Config
    from giro_lint.ruleset.builtin import builtin_with_examples

    ruleset = builtin_with_examples()
    plan = plan_for(ruleset, Config(profile="all"))
    for text in ruleset.bases.values():
        lint_text(text, plan=plan)
    rules = [source for rule in ruleset.rules for source in _expressions(vars(rule.options))]
    write_table({*declared(), *made(), *rules})


def prepare_table_if_due() -> None:
    """Make the table when this run lacked much of it and it is for another interpreter or older than code or rules.

    A folder that cannot be written to is left alone.
    """
    if missing() < _WORTH_IT or (table() and _newest_source() <= os.path.getmtime(table_path())):
        return
    folder = os.path.dirname(table_path())
    if os.access(folder if os.path.isdir(folder) else _PACKAGE, os.W_OK):
        with suppress(OSError, GiroLintError):  # the report is written; this is for the next run
            prepare_table()


def _newest_source() -> float:
    """When a module of the package or a file of the rules was last changed, in seconds since 1970."""
    from giro_lint.ruleset.store import rules_folder

    return max(
        os.path.getmtime(os.path.join(folder, name))
        for top in (_PACKAGE, rules_folder())
        for folder, _, names in os.walk(top)
        for name in names
        if name.endswith((".py", ".yaml"))
    )


def _expressions(value: Any) -> Iterator[str]:
    """The regular expressions among the options of a rule."""
    if isinstance(value, Regex):
        yield from {value, *value.choice}
    elif isinstance(value, dict):
        for part in value.values():
            yield from _expressions(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _expressions(part)
    elif hasattr(value, "__dict__"):
        yield from _expressions(vars(value))
