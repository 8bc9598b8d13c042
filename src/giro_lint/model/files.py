"""Writes files at once or not at all. May import: the standard library."""

from __future__ import annotations

import contextlib
import os
import tempfile


def write_atomically(path: str, data: bytes) -> None:
    """Replace the content of a file, or make it; its permissions stay, a link goes on pointing where it did.

    Args:
        path: the file.
        data: its new content.

    Raises:
        OSError: when it cannot be written; the old content is whole then.

    """
    target = os.path.realpath(path)
    handle, draft = tempfile.mkstemp(prefix=".giro-lint-", dir=os.path.dirname(target))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(draft, _mode(target))
        os.replace(draft, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise


def _mode(target: str) -> int:
    """The permissions of a file, or those that a new one gets."""
    try:
        return os.stat(target).st_mode & 0o7777
    except FileNotFoundError:
        usual = os.umask(0)
        os.umask(usual)
        return 0o666 & ~usual
