"""What a format may know besides the reports, and what it has to offer. May import: model, ruleset.rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from giro_lint.model.report import Report
from giro_lint.ruleset.rules import Rule


class Job(NamedTuple):
    """The run that the reports come from.

    Args:
        rules: the rules that could speak, for formats that describe them.
        lang: language of words that are no message, ``zh`` or ``en``.
        root: absolute path of the folder that paths are told from; where it is empty, paths stay as they are.
        outcomes: whether how each rule ended is told, by formats that can.
        source: whether formats for people show the text at the place.
        colour: whether they may colour it.

    """

    rules: Sequence[Rule] = ()
    lang: str = "zh"
    root: str = ""
    outcomes: bool = False
    source: bool = True
    colour: bool = False


class Writer(Protocol):
    """Turns reports into one format, as they come.

    The texts that `add` and `end` return, put together, are the output; a format may keep everything for the end.
    """

    def add(self, report: Report) -> str:
        """Take a report and return what can be written now."""

    def end(self, status: int) -> str:
        """Return what is left to write.

        Args:
            status: the exit status of the run.

        """
