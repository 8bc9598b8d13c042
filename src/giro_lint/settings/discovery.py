"""Where a file's configuration stands: in its folder or the nearest one above. May import: the standard library."""

from __future__ import annotations

import os

NAMES = ("giro-lint.yaml", "giro-lint.yml", ".giro-lint.yaml")
"""Names of a configuration file; the first one that is there counts."""


def find_settings(path: str) -> str | None:
    """The configuration file that applies to a file or folder.

    Args:
        path: the file or folder; it need not exist.

    Returns:
        The nearest configuration file upwards, or None.

    """
    folder = os.path.abspath(path)
    if not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    while True:
        for name in NAMES:
            candidate = os.path.join(folder, name)
            if os.path.isfile(candidate):
                return candidate
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
