"""The files of the compiled form, and how they are kept true. May import: nothing of ours.

A file of the compiled form bears the digest (SHA-256) of the bytes it was made from: every rule file, every clean report, and the code
that reads them. It is used only where that is the digest of what lies there now, so that a stale form cannot be used.

Reading half a megabyte at every start would cost more than the form saves. So the file ``seen`` keeps the last digest with the name,
size, inode and times of every source. While all of these are as they were, so are the bytes: a file cannot be written to, replaced,
renamed or have its time set back without a new time of change (``st_ctime``), which no program can choose. Two writes within one tick
of the clock bear the same time: sources changed in the last seconds are not believed and their bytes are read. Nor is anything believed
where the system does not keep the time of change (Windows). So an edit is seen by the next run, in a checkout and in an installed
package alike, and neither need be told apart.
"""

from __future__ import annotations

import marshal
import os
import time
from collections.abc import Iterator
from typing import Any

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_CODE = (
    "model/formula.py",
    "model/patterns.py",
    "grammar/formula.py",
    "ruleset/builtin.py",
    "ruleset/fields.py",
    "ruleset/figure_options.py",
    "ruleset/gates.py",
    "ruleset/load.py",
    "ruleset/options.py",
    "ruleset/plain.py",
    "ruleset/regexes.py",
    "ruleset/store.py",
    "ruleset/text_options.py",
    "ruleset/yamltree.py",
)
_QUIET = 3_000_000_000
"""Nanoseconds after which a change bears another time than the next one, on any file system."""
_TELLS_CHANGES = os.name == "posix"
"""Whether ``st_ctime`` is the time of the last change."""
_MARSHAL = 4
"""The version of the format that every Python since 3.4 reads."""
_UNREADABLE = (OSError, ValueError, EOFError, TypeError)


def rules_folder() -> str:
    """The folder with the rules: inside an installed package, at the top of a checkout."""
    inside = os.path.join(PACKAGE, "rules")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(os.path.dirname(PACKAGE)), "rules")


def rule_files(inside: str = "", ending: str = ".yaml") -> list[str]:
    """The files of the folder with the rules, or of one inside it, by name; none where there is no such folder."""
    folder = os.path.join(rules_folder(), inside)
    try:
        return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(ending)]
    except OSError:
        return []


def digest() -> bytes:
    """The digest of all that the compiled form is made from, as it lies there now.

    Raises:
        OSError: when a source cannot be read.

    """
    now = time.time_ns()
    files = _sources()
    signs = tuple(_signs(files))
    try:
        seen, known = _read("seen")
        if seen == signs:
            return bytes(known)
    except _UNREADABLE:
        pass
    made = _digest_of(files)
    newest = max(max(sign[2:4]) for sign in signs)
    if _TELLS_CHANGES and newest < now - _QUIET and tuple(_signs(files)) == signs:
        save("seen", (signs, made))
    return made


def load(name: str, wanted: bytes) -> Any:
    """A part of the compiled form, or None where there is none that bears the digest wanted."""
    try:
        made_from, data = _read(name)
    except _UNREADABLE:
        return None
    return data if made_from == wanted else None


def save(name: str, content: tuple[Any, Any]) -> None:
    """Write a file as a whole or not at all; a folder that cannot be written to is left alone."""
    path = os.path.join(_folder(), name)
    draft = f"{path}.{os.getpid()}.{id(content)}"
    try:
        os.makedirs(_folder(), exist_ok=True)
        with open(draft, "wb") as file:
            file.write(marshal.dumps(content, _MARSHAL))
        os.replace(draft, path)
    except OSError:
        pass


def _folder() -> str:
    return os.path.join(PACKAGE, "_compiled")


def _read(name: str) -> Any:
    with open(os.path.join(_folder(), name), "rb") as file:
        return marshal.loads(file.read())  # noqa: S302  a file of the package, as byte code is


def _sources() -> list[str]:
    rules = [*rule_files(), *rule_files("editions"), *rule_files("bases", ".txt")]
    return [*rules, *(os.path.join(PACKAGE, name) for name in _CODE)]


def _signs(files: list[str]) -> Iterator[tuple[str, int, int, int, int, int]]:
    """What tells whether a file is still the same, for each: name, size, times of writing and of change, inode, device."""
    for path in files:
        told = os.stat(path)
        yield (path, told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino, told.st_dev)


def _digest_of(files: list[str]) -> bytes:
    from hashlib import sha256

    total = sha256()
    for path in files:
        with open(path, "rb") as file:
            content = file.read()
        total.update(f"{os.path.basename(path)}\0{len(content)}\0".encode())
        total.update(content)
    return total.digest()
