"""Regular expressions kept in the form that Python's matcher runs, so that start-up need not compile them. May import: nothing of ours.

`re.compile` parses an expression and writes code for the matcher: half a millisecond for an expression of this package, of which a
report needs some 150. The code is kept in a file, by the source of the expression; making a matcher of kept code takes microseconds.

Why no expression can be stale or wrong: an entry is found by the whole source of the expression, which, with the interpreter, is all that
the code depends on. A file is used by the very interpreter version that wrote it (its name and its first entry say which), an entry is
written only if its matcher equals what `re.compile` gives (Python compares the code), and the matcher checks code when it is given it.
`_sre.compile` is not public: whatever goes wrong, here or in the file, the expression is compiled by `re.compile` as ever.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from array import array

try:
    import _sre  # type: ignore[import-not-found]
except ImportError:  # another interpreter than CPython
    _sre = None

Entry = tuple[int, int, int, int, dict[str, int], tuple[str | None, ...]]
"""What a matcher is made of beside its source: flags, begin and end of its code, number of groups, their names, names by number."""

Table = tuple[dict[str, Entry], memoryview]
"""The entries by source, and the code of all of them."""

_FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "_compiled")


def table_path() -> str:
    """The file for this interpreter."""
    return os.path.join(_FOLDER, f"matchers.{sys.implementation.cache_tag}.{sys.hexversion:x}")


def _interpreter() -> tuple[Any, ...]:
    """All that the code depends on beside the source of an expression."""
    magic = (getattr(_sre, "MAGIC", 0), getattr(_sre, "CODESIZE", 0))
    return (sys.implementation.name, sys.hexversion, sys.byteorder, *magic)


@lru_cache(maxsize=1)
def _table() -> Table:
    """What this interpreter can use.

    The file holds the length of its index, the index (interpreter, length of the code, entries) and the code.
    """
    try:
        with open(table_path(), "rb") as file:
            content = file.read()
        behind = 8 + int.from_bytes(content[:8], "little")
        interpreter, size, entries = marshal.loads(content[8:behind])  # noqa: S302  a file of the package, as byte code is
        if interpreter == _interpreter() and behind + size == len(content) and isinstance(entries, dict):
            return entries, memoryview(content)[behind:].cast("I")
    except (OSError, ValueError, EOFError, TypeError):
        pass
    return {}, memoryview(b"")


def table() -> Mapping[str, Entry]:
    """The entries that this interpreter can use, by source."""
    return _table()[0]


_MOST = 4096
_made: dict[str, None] = {}


@lru_cache(maxsize=_MOST)
def compiled(source: str) -> re.Pattern[str]:
    """An expression, from its kept code where there is some.

    Args:
        source: the expression.

    Returns:
        What `re.compile` returns for it.

    Raises:
        re.error: when it is none.

    """
    source = str(source)
    if len(_made) < _MOST:
        _made[source] = None
    entries, code = _table()
    entry = entries.get(source)
    return (entry and _matcher(source, entry, code)) or re.compile(source)


def _matcher(source: str, entry: Entry, code: memoryview) -> re.Pattern[str] | None:
    """A matcher made of kept code, or nothing when that cannot be done."""
    try:
        flags, begin, end, groups, names, numbers = entry
        made: re.Pattern[str] = _sre.compile(source, flags, code[begin:end].tolist(), groups, names, numbers)
    except Exception:  # noqa: BLE001  not a public function: any trouble means that `re.compile` does it
        return None
    return made


def made() -> tuple[str, ...]:
    """The sources of the expressions that were made up to now."""
    return tuple(_made)


def missing() -> int:
    """How many of the expressions that were made up to now the table lacks."""
    known = table()
    return sum(source not in known for source in made())


def write_table(sources: Iterable[str]) -> None:
    """Keep the code of some expressions for this interpreter; those whose code cannot be told are left out.

    Args:
        sources: valid expressions.

    Raises:
        OSError: when the file cannot be written.

    """
    from array import array

    code = array("I")
    entries = {}
    for source in sorted(map(str, set(sources))):
        entry = _entry(source, code)
        if entry is not None:
            entries[source] = entry
    os.makedirs(_FOLDER, exist_ok=True)
    index = marshal.dumps((_interpreter(), len(code) * code.itemsize, entries), 4)
    draft = f"{table_path()}.{os.getpid()}.{id(index)}"
    with open(draft, "wb") as file:
        file.write(len(index).to_bytes(8, "little") + index + code.tobytes())
    os.replace(draft, table_path())
    _table.cache_clear()


def _entry(source: str, code: array[int]) -> Entry | None:
    """The entry of an expression, its code added to the rest, if it makes what `re.compile` makes."""
    begin = len(code)
    try:
        tree = re._parser.parse(source)  # type: ignore[attr-defined]  # noqa: SLF001  what `re.compile` does, step by step
        code.extend(re._compiler._code(tree, 0))  # type: ignore[attr-defined]  # noqa: SLF001
        names = dict(tree.state.groupdict)
        numbers: list[str | None] = [None] * tree.state.groups
        for name, number in names.items():
            numbers[number] = name
        entry = (int(tree.state.flags), begin, len(code), tree.state.groups - 1, names, tuple(numbers))
    except Exception:  # noqa: BLE001  another version may do it in other steps
        del code[begin:]
        return None
    return entry if _matcher(source, entry, memoryview(code)) == re.compile(source) else None
