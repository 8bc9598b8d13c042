"""The library: lint texts, bytes, files and folders. May import: engine, reading, ruleset, model.

Nothing here prints, exits or keeps state between calls.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache

from giro_lint.config import Config
from giro_lint.engine import Plan, document_of, engine_report, make_plan, run
from giro_lint.model.diagnostic import Finding
from giro_lint.model.document import Document
from giro_lint.model.errors import ConfigError, ReadError
from giro_lint.model.report import Report
from giro_lint.model.source import Source, Span
from giro_lint.reading.media import MEDIA, ending_of, read_source, source_of
from giro_lint.ruleset.rules import Ruleset

LARGEST = 64 * 1024 * 1024
"""A larger file is not read, in bytes."""
OWN_PAGE = '<meta name="generator" content="giro-lint">'
"""What a page that the format ``html`` wrote begins with; no report of a public body has it."""
_BEGINNING = 400


@lru_cache(maxsize=1)
def _usual_plan() -> Plan:
    return make_plan(Ruleset.builtin(), Config())


def plan_for(rules: Ruleset | None = None, config: Config | None = None) -> Plan:
    """The plan of some rules and options; make it once for many files.

    Raises:
        ConfigError: for options that cannot be used.

    """
    if rules is None and config is None:
        return _usual_plan()
    return make_plan(rules or Ruleset.builtin(), config or Config())


def parse_text(text: str, *, path: str = "<text>", config: Config | None = None) -> Document:
    """Bind a text to the form without running a rule.

    Args:
        text: the report.
        path: the name that diagnostics would show.
        config: year, edition or kind of body, when the text does not tell them.

    Returns:
        The bound document.

    """
    return document_of(source_of(text, path), plan_for(None, config))


def lint_text(
    text: str,
    *,
    path: str = "<text>",
    rules: Ruleset | None = None,
    config: Config | None = None,
    plan: Plan | None = None,
) -> Report:
    """Lint a text.

    Args:
        text: the report.
        path: the name that diagnostics show.
        rules: the rules; by default the built-in ones.
        config: options.
        plan: rules and options made ready by `plan_for`, instead of the two.

    Returns:
        The report.

    Raises:
        ConfigError: for options that cannot be used.

    """
    return run(source_of(text, path), plan or plan_for(rules, config))


def lint_bytes(
    data: bytes,
    *,
    path: str = "<bytes>",
    rules: Ruleset | None = None,
    config: Config | None = None,
    plan: Plan | None = None,
) -> Report:
    """Lint the bytes of a file; bytes that cannot be read give one DOC000 diagnostic.

    Args:
        data: the whole file.
        path: its name; the ending tells the medium.
        rules: the rules; by default the built-in ones.
        config: options.
        plan: rules and options made ready, instead of the two.

    Returns:
        The report.

    """
    plan = plan or plan_for(rules, config)
    try:
        source = read_source(data, path)
    except ReadError as problem:
        return _unreadable(path, plan, problem)
    return run(source, plan)


def lint_file(
    path: str | os.PathLike[str],
    *,
    rules: Ruleset | None = None,
    config: Config | None = None,
    plan: Plan | None = None,
) -> Report:
    """Lint a file; one that cannot be read gives one DOC000 diagnostic.

    Args:
        path: the file.
        rules: the rules; by default the built-in ones.
        config: options.
        plan: rules and options made ready, instead of the two.

    Returns:
        The report.

    """
    name = os.fspath(path)
    plan = plan or plan_for(rules, config)
    try:
        data = read_file(name)
    except ReadError as problem:
        return _unreadable(name, plan, problem)
    return lint_bytes(data, path=name, plan=plan)


def read_file(path: str) -> bytes:
    """The bytes of a file.

    Args:
        path: the file.

    Raises:
        ReadError: ``missing`` for one that cannot be opened, ``large`` for one of more than 64 MB.

    """
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as problem:
        raise ReadError("missing", problem.strerror or type(problem).__name__) from None
    except ValueError as problem:  # a NUL in the name
        raise ReadError("missing", str(problem)) from None
    if len(data) > LARGEST:
        raise ReadError("large", str(LARGEST // 1024 // 1024))
    return data


def _unreadable(path: str, plan: Plan, problem: ReadError) -> Report:
    """The report of a file that cannot be read."""
    source = Source("", path, "unknown", "")
    data = {"detail": problem.detail, "path": path}
    return engine_report(source, plan, [("unreadable", Finding(Span(0, 0), "file", data, variant=problem.reason))])


def find_files(paths: Iterable[str | os.PathLike[str]]) -> Iterator[str]:
    """The files to lint: those named, and in folders, recursively, those of a known ending.

    Args:
        paths: files and folders.

    Returns:
        The names, folders in the order of their names; hidden folders and pages that giro-lint wrote are left out.

    Raises:
        ConfigError: for a path that does not exist.

    """
    for path in paths:
        name = os.fspath(path)
        if os.path.isdir(name):
            for folder, folders, files in os.walk(name):
                folders[:] = sorted(f for f in folders if not f.startswith("."))
                yield from (
                    os.path.join(folder, f)
                    for f in sorted(files)
                    if ending_of(f) in MEDIA
                    and not f.startswith((".", "~$"))
                    and not _is_own_page(os.path.join(folder, f))
                )
        elif os.path.lexists(name):
            yield name
        else:
            raise ConfigError(f"{name}: 没有这个文件或目录 / no such file or folder")


def _is_own_page(name: str) -> bool:
    """Whether a file is a page with the findings of an earlier run."""
    if MEDIA[ending_of(name)] != "html":
        return False
    try:
        with open(name, "rb") as file:
            return OWN_PAGE.encode() in file.read(_BEGINNING)
    except OSError:
        return False


def lint_paths(
    paths: Iterable[str | os.PathLike[str]],
    *,
    rules: Ruleset | None = None,
    config: Config | None = None,
    plan: Plan | None = None,
) -> Iterator[Report]:
    """Lint files and folders.

    Args:
        paths: files and folders.
        rules: the rules; by default the built-in ones.
        config: options.
        plan: rules and options made ready, instead of the two.

    Returns:
        A report a file, in the order of `find_files`.

    Raises:
        ConfigError: for a path that does not exist, or options that cannot be used.

    """
    ready = plan or plan_for(rules, config)
    return (lint_file(path, plan=ready) for path in find_files(paths))
