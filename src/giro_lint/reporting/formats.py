"""The formats by name, and where their output goes. May import: the formats when they are asked for, model."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import NamedTuple, TextIO

from giro_lint.model.errors import ConfigError, GiroLintError, unknown_of_few
from giro_lint.model.report import Report
from giro_lint.reporting.job import Job, Writer

FORMATS: Mapping[str, str] = {
    "text": "text:TextWriter",
    "json": "json:JsonWriter",
    "jsonl": "jsonl:JsonLinesWriter",
    "sarif": "sarif:SarifWriter",
    "github": "github:GithubWriter",
    "gitlab": "gitlab:GitlabWriter",
    "junit": "junit:JunitWriter",
    "html": "html:HtmlWriter",
}
"""Module in this package and class of each format."""


class Output(NamedTuple):
    """A format and the file it goes to; an empty name is standard output."""

    format: str
    target: str = ""


def parse_outputs(words: Iterable[str]) -> tuple[Output, ...]:
    """Read what a user asks for.

    Args:
        words: ``FORMAT``, ``FORMAT=FILE`` or ``FORMAT=-``.

    Returns:
        The outputs in that order.

    Raises:
        ConfigError: for an unknown format, an empty file name, or two formats that would mix in one place.

    """
    outputs: list[Output] = []
    for word in words:
        name, named, target = word.partition("=")
        if name not in FORMATS:
            raise ConfigError(unknown_of_few("格式", "format", name, FORMATS))
        if named and not target:
            raise ConfigError(f"{word}: 等号后面要写文件名 / a file name is expected behind the equals sign")
        output = Output(name, "" if target == "-" else target)
        if output in outputs:
            continue
        if any(other.target == output.target for other in outputs):
            raise ConfigError(
                f"{word}: 标准输出或一个文件只能有一种格式，另一种请写到别的文件：-f {name}=FILE / "
                f"standard output or a file can take one format; write the other to a file: -f {name}=FILE"
            )
        outputs.append(output)
    return tuple(outputs)


def without_targets(files: Sequence[str], named: Iterable[str], outputs: Iterable[Output]) -> list[str]:
    """The files to read without those that will be written.

    Args:
        files: all files found.
        named: those that the user named; the others were found in folders.
        outputs: what will be written.

    Raises:
        ConfigError: for a file that was named to be both.

    """
    targets = {os.path.realpath(output.target) for output in outputs if output.target}
    for name in named:
        if name != "-" and os.path.realpath(name) in targets:
            raise ConfigError(
                f"{name}: 结果会覆盖要检查的文件，请换一个文件名 / "
                "the file to check would be written over; give another name"
            )
    return [name for name in files if name == "-" or os.path.realpath(name) not in targets] if targets else list(files)


def make_writer(name: str, job: Job) -> Writer:
    """The writer of a format."""
    module, _, kind = FORMATS[name].partition(":")
    writer: Writer = getattr(import_module(f"giro_lint.reporting.{module}"), kind)(job)
    return writer


def render(name: str, reports: Iterable[Report], job: Job | None = None, status: int = 0) -> str:
    """Reports as one text.

    Args:
        name: the format.
        reports: the reports.
        job: the run they come from.
        status: its exit status, which SARIF tells.

    Returns:
        What would stand in the file.

    """
    writer = make_writer(name, job or Job())
    return "".join([*map(writer.add, reports), writer.end(status)])


class Sinks:
    """Writers with the streams they write to."""

    def __init__(self, pairs: Sequence[tuple[Writer, TextIO, str]]) -> None:
        self.pairs = pairs

    def add(self, report: Report) -> None:
        """Pass a report to every writer."""
        for writer, stream, name in self.pairs:
            _write(stream, writer.add(report), name)

    def end(self, status: int) -> None:
        """Write what is left."""
        for writer, stream, name in self.pairs:
            _write(stream, writer.end(status), name)


@contextmanager
def open_sinks(outputs: Sequence[Output], job: Job) -> Iterator[Sinks]:
    """Open the targets of outputs before anything is checked, so that a wrong name is told at once.

    Raises:
        GiroLintError: for a file that cannot be written.

    """
    with ExitStack() as stack:
        pairs: list[tuple[Writer, TextIO, str]] = []
        for output in outputs:
            writer = make_writer(output.format, job._replace(colour=job.colour and not output.target))
            pairs.append((writer, _stream(output.target, stack), output.target))
        yield Sinks(pairs)


def _stream(target: str, stack: ExitStack) -> TextIO:
    if not target:
        return sys.stdout
    try:
        return stack.enter_context(open(target, "w", encoding="utf-8", errors="backslashreplace", newline="\n"))
    except (OSError, ValueError) as problem:
        raise _unwritable(target, problem) from None


def _write(stream: TextIO, content: str, target: str) -> None:
    try:
        stream.write(content)
        if target:
            stream.flush()
    except OSError as problem:
        if not target:
            raise
        raise _unwritable(target, problem) from None


def _unwritable(target: str, problem: Exception) -> GiroLintError:
    return GiroLintError(f"{target}: 无法写入 / cannot be written: {getattr(problem, 'strerror', None) or problem}")
