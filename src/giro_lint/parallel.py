"""Lints files in several processes, in the order of the files. May import: api, settings, model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from giro_lint.api import lint_file
from giro_lint.model.report import Report
from giro_lint.settings.workspace import Workspace

_MOST_AT_ONCE = 16


def lint_files(files: Sequence[str], workspace: Workspace, jobs: int) -> Iterator[Report]:
    """The reports of some files.

    Args:
        files: their names.
        workspace: what applies to them; each process makes its plans itself.
        jobs: number of processes, at least 1.

    Returns:
        The reports in the order of the files.

    """
    from concurrent.futures import ProcessPoolExecutor

    at_once = max(1, min(_MOST_AT_ONCE, len(files) // (4 * jobs)))
    with ProcessPoolExecutor(jobs, initializer=_Worker.begin, initargs=(workspace.fresh(),)) as pool:
        yield from pool.map(_Worker.lint, files, chunksize=at_once)


class _Worker:
    """What a process of the pool keeps between files."""

    workspace: Workspace | None = None

    @classmethod
    def begin(cls, workspace: Workspace) -> None:
        cls.workspace = workspace

    @classmethod
    def lint(cls, name: str) -> Report:
        if cls.workspace is None:  # the pool begins every process with one
            raise AssertionError
        return lint_file(name, plan=cls.workspace.plan_for(name))
