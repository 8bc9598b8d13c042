"""A baseline: findings that are known, a line a finding, by file and fingerprint. May import: model."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

import attrs

from giro_lint.model.errors import ConfigError
from giro_lint.model.files import write_atomically
from giro_lint.model.report import Report

_HEAD = "# giro-lint baseline 1: fingerprint, rule, file, anchor; findings listed here are not reported\n"
_LINE = re.compile(
    r"(?P<fingerprint>[0-9a-f]{16})\t(?P<rule>[A-Z]{2,8}-?\d{1,4})\t(?P<path>[^\t]+)\t(?P<anchor>[^\t]*)"
)


@attrs.frozen(order=True)
class Entry:
    """A finding that is known.

    Args:
        path: the file, from the baseline's folder, with slashes.
        rule: id of the rule.
        anchor: structural address.
        fingerprint: of the diagnostic; it does not depend on lines.

    """

    path: str
    rule: str
    anchor: str
    fingerprint: str


@attrs.frozen
class Baseline:
    """The known findings of a file.

    Args:
        path: the baseline file.
        entries: in the order of files and rules.

    """

    path: str
    entries: tuple[Entry, ...] = ()

    @property
    def folder(self) -> str:
        """The folder that the entries' paths start from."""
        return os.path.dirname(os.path.abspath(self.path))

    @classmethod
    def read(cls, path: str) -> Baseline:
        """The baseline of a file.

        Raises:
            ConfigError: for a file that is missing or no baseline, with the line.

        """
        try:
            with open(path, encoding="utf-8") as file:
                lines = file.read().splitlines()
        except OSError as problem:
            raise ConfigError(
                f"{path}: 读不了基线，可用 giro-lint baseline write 写一份 / "
                f"the baseline cannot be read; write one with: giro-lint baseline write ({problem.strerror})"
            ) from None
        except UnicodeDecodeError:
            raise ConfigError(
                f"{path}: 不是基线（不是 UTF-8 文本），可用 giro-lint baseline write 重写 / "
                "no baseline, it is not UTF-8 text; write it anew with: giro-lint baseline write"
            ) from None
        entries = []
        for number, line in enumerate(lines, 1):
            if line.startswith("#") or not line.strip():
                continue
            match = _LINE.fullmatch(line)
            if match is None:
                raise ConfigError(
                    f"{path}:{number}:1: 不是基线的一行，可用 giro-lint baseline write 重写 / "
                    "not a line of a baseline; write it anew with: giro-lint baseline write"
                )
            entries.append(Entry(match["path"], match["rule"], match["anchor"], match["fingerprint"]))
        return cls(path, tuple(entries))

    @classmethod
    def of(cls, path: str, reports: Iterable[Report]) -> Baseline:
        """The findings of some reports; a file that could not be read has none.

        Args:
            path: where the baseline is to stand.
            reports: of the files.

        """
        empty = cls(path)
        entries = {
            Entry(empty.name_of(report.path), found.rule, found.anchor, found.fingerprint)
            for report in reports
            for found in report.diagnostics
            if report.done
        }
        return attrs.evolve(empty, entries=tuple(sorted(entries)))

    def name_of(self, path: str) -> str:
        """A file's path from the baseline's folder, with slashes."""
        try:
            return os.path.relpath(os.path.abspath(path), self.folder).replace("\\", "/")
        except ValueError:  # another drive
            return os.path.abspath(path).replace("\\", "/")

    def without(self, stale: Iterable[Entry]) -> Baseline:
        """The baseline without some entries."""
        gone = set(stale)
        return attrs.evolve(self, entries=tuple(entry for entry in self.entries if entry not in gone))

    def write(self) -> None:
        """Write the file, at once or not at all.

        Raises:
            ConfigError: when it cannot be written.

        """
        lines = [f"{e.fingerprint}\t{e.rule}\t{e.path}\t{e.anchor}\n" for e in sorted(self.entries)]
        try:
            write_atomically(self.path, (_HEAD + "".join(lines)).encode())
        except OSError as problem:
            raise ConfigError(f"{self.path}: 无法写入 / cannot be written: {problem.strerror}") from None
