"""``check --fix`` and ``check --diff``. May import: api, fixing, word, reading, reporting, settings, model."""

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
from giro_lint.reading.media import medium_by_bytes
from giro_lint.reporting.places import place_words
from giro_lint.settings.workspace import Workspace

_WRITABLE = 0o222
_NOT_MENDED = {
    "docx": "Word 文件没有改动；--fix --track 以修订方式修改 / left alone; --fix --track mends Word documents as tracked changes",
    "office": "没有改动；请先另存为 .docx，再用 --fix --track / left alone; save it as .docx, then use --fix --track",
    "pdf": "PDF 不能修改，请改原文件 / PDF files cannot be mended; mend the file it was made from",
}
"""Why files of some media are left alone."""
_LEFT = {
    "zh": "{path}: {where}：{rule} 没有改动：{reason}\n",
    "en": "{path}: {where}: {rule} left alone: {reason}\n",
}
_REASONS = {
    "number": ("这里是 Word 自动生成的文字（如自动编号）", "Word sets this text by itself (automatic numbers)"),
    "field": ("这里是域的结果", "the place is the result of a field"),
    "box": ("这里在文本框中", "the place is in a text box"),
    "change": ("这里有未接受的修订", "the place is within a tracked change"),
    "control": ("这里是锁定或绑定数据的内容控件", "the place is in a content control that is locked or bound to data"),
    "shape": ("须增删段落、单元格或换行", "paragraphs, cells or line breaks would change"),
    "protected": ("文档受保护", "the document is protected"),
    "other": ("这里不是普通文字", "the place is no plain text"),
}


@attrs.define
class Mending:
    """Mends files, or shows what would be mended.

    Args:
        workspace: what applies to the files.
        unsafe: whether figures may be changed as well.
        track: whether Word documents are mended as well, as tracked changes.
        count: number of fixes so far.

    """

    workspace: Workspace
    unsafe: bool
    track: bool = False
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
            raise ConfigError("--fix 不能用于标准输入，请写文件名 / --fix cannot mend standard input; name a file")
        for name in files:
            try:
                data = read_file(name)
            except ReadError:
                yield name, None
                continue
            yield name, self._one(name, data)

    def _one(self, name: str, data: bytes) -> Mended:
        """A file that could be opened, mended; what is not mended is told on standard error."""
        plan = self.workspace.plan_for(name)
        if not self.track or medium_by_bytes(data, name) != "docx":
            mended = fix_bytes(data, path=name, plan=plan, unsafe=self.unsafe)
            media = mended.report.source.media
            if media == "docx" and medium_by_bytes(data, name) != media:
                media = "office"
            sys.stderr.write(f"{name}: {_NOT_MENDED[media]}\n" if media in _NOT_MENDED else "")
            return mended
        from giro_lint.word.tracking import track_bytes

        tracked = track_bytes(data, path=name, plan=plan, unsafe=self.unsafe)
        lang = plan.config.lang
        for found, reason in tracked.left:
            where = place_words(tracked.mended.report.source, found.span, lang)
            sys.stderr.write(
                _LEFT[lang].format(path=name, where=where, rule=found.rule, reason=_REASONS[reason][lang == "en"])
            )
        return tracked.mended


def _write(name: str, data: bytes) -> None:
    if not os.path.isfile(name) or not os.stat(name).st_mode & _WRITABLE or not os.access(name, os.W_OK):
        raise GiroLintError(
            f"{name}: 文件只读，或不是普通文件，没有改动 / read-only or no regular file; left as it was"
        )
    try:
        write_atomically(name, data)
    except OSError as problem:
        raise GiroLintError(
            f"{name}: 无法写入，没有改动 / cannot be written and was left as it was: {problem.strerror}"
        ) from None


def _diff(name: str, mended: Mended) -> str:
    """What would change; only LF, CRLF and CR end a line."""
    before, after = (_lines(text) for text in (mended.before, mended.after))
    lines = unified_diff(before, after, f"a/{name}", f"b/{name}", lineterm="")
    return "".join(f"{line}\n" for line in lines)


def _lines(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if not lines[-1] else lines
