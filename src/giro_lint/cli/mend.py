"""``check --fix`` and ``check --diff``. May import: api, fixing, settings, model."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from difflib import unified_diff

import attrs

from giro_lint.api import lint_file, read_file
from giro_lint.fixing import Mended, fix_bytes
from giro_lint.model.errors import ConfigError, GiroLintError, ReadError
from giro_lint.model.files import write_atomically
from giro_lint.model.report import Report
from giro_lint.settings.workspace import Workspace

_WRITABLE = 0o222


@attrs.define
class Mending:
    """Mends files, or shows what would be mended.

    Args:
        workspace: what applies to the files.
        unsafe: whether figures may be changed as well.
        count: number of fixes so far.

    """

    workspace: Workspace
    unsafe: bool
    count: int = 0

    def reports(self, files: Sequence[str]) -> Iterator[Report]:
        """Write the files that can be mended; what is left in each.

        Raises:
            ConfigError: for standard input, which cannot be written.
            GiroLintError: for a file that cannot be written; it is left as it was.

        """
        for name, mended in self._mended(files):
            if mended is None:
                yield lint_file(name, plan=self.workspace.plan_for(name))
                continue
            if mended.count:
                _write(name, mended.data)
            self.count += mended.count
            yield mended.report

    def show(self, files: Sequence[str]) -> int:
        """Print what `reports` would change as unified diffs; status 1 when there is something, 2 for a file that cannot be read."""
        status = 0
        for name, mended in self._mended(files):
            if mended is None or not mended.report.done:
                report = lint_file(name, plan=self.workspace.plan_for(name))
                sys.stderr.write("".join(f"{name}: {found.rule} {found.message}\n" for found in report.diagnostics))
                status = 2
            elif mended.count:
                sys.stdout.write(_diff(name, mended))
                status = max(status, 1)
        return status

    def _mended(self, files: Sequence[str]) -> Iterator[tuple[str, Mended | None]]:
        if "-" in files:
            raise ConfigError("--fix 不能用于标准输入 / --fix cannot mend standard input; name a file")
        for name in files:
            try:
                data = read_file(name)
            except ReadError:
                yield name, None
                continue
            yield name, fix_bytes(data, path=name, plan=self.workspace.plan_for(name), unsafe=self.unsafe)


def _write(name: str, data: bytes) -> None:
    if not os.path.isfile(name) or not os.stat(name).st_mode & _WRITABLE or not os.access(name, os.W_OK):
        raise GiroLintError(
            f"{name}: 文件只读，或不是普通文件，没有改动 / read-only or no regular file; left as it was"
        )
    try:
        write_atomically(name, data)
    except OSError as problem:
        raise GiroLintError(f"{name}: {problem.strerror}; 没有改动 / left as it was") from None


def _diff(name: str, mended: Mended) -> str:
    """What would change; only LF, CRLF and CR end a line."""
    before, after = (_lines(text) for text in (mended.before, mended.after))
    lines = unified_diff(before, after, f"a/{name}", f"b/{name}", lineterm="")
    return "".join(f"{line}\n" for line in lines)


def _lines(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if not lines[-1] else lines
