"""The numbers that Word sets before paragraphs by itself, and that its file does not hold. May import: docx_numerals, docx_styles.

Source: ECMA-376 part 1, 17.9; where the standard is silent (counters of an abstract numbering are shared by its instances, a
higher level that was not counted yet shows its start) as Word does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from giro_lint.reading.docx_numerals import numeral
from giro_lint.reading.docx_package import W
from giro_lint.reading.docx_styles import Styles, child, number, switched, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LEVELS = 9
_LONGEST = 60
"""A pattern longer than this is no number."""
_FIELD = re.compile(r"%([1-9])")
_FORMAT = W + "numFmt"
_LARGEST = 999_999


@attrs.frozen
class Level:
    """A level of a numbering.

    Args:
        start: the first count.
        style: format of the numeral.
        pattern: the number as written, ``%1`` for the numeral of the first level and so on.
        legal: whether all numerals are written in digits.
        restart: the level (1-based) at whose use the count begins anew; 0 for never, None for any higher one.
        paragraph_style: id of the style that uses this level.

    """

    start: int
    style: str
    pattern: str
    legal: bool
    restart: int | None
    paragraph_style: str | None


Levels = dict[int, Level]


@attrs.frozen
class _Instance:
    """An instance of an abstract numbering: its levels, and those that begin anew with it."""

    abstract: int
    levels: Levels
    restarted: tuple[int, ...]


class Numbering:
    """The numberings of a document and their counts; paragraphs are to be numbered in the order of the text.

    Args:
        root: the root of the part, or None.
        styles: the styles.

    """

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[int, Levels] = {}
        self._instances: dict[int, _Instance] = {}
        self._counts: dict[int, list[int | None]] = {}
        self._begun: set[int] = set()
        links: dict[int, str] = {}
        linked: dict[str, int] = {}
        for element in root.iterchildren(W + "abstractNum") if root is not None else ():
            key = number(element, "abstractNumId")
            if key is None:
                continue
            self._abstract[key] = dict(_levels(element))
            link, own = value(child(element, "numStyleLink")), value(child(element, "styleLink"))
            if link:
                links[key] = link
            if own:
                linked[own] = key
        for key, name in links.items():
            if name in linked:
                self._abstract[key] = self._abstract[linked[name]]
        for element in root.iterchildren(W + "num") if root is not None else ():
            self._read_instance(element)

    def _read_instance(self, element: Element) -> None:
        key, abstract = number(element, "numId"), number(child(element, "abstractNumId"))
        if key is None or abstract not in self._abstract:
            return
        levels, restarted = dict(self._abstract[abstract]), []
        for override in element.iterchildren(W + "lvlOverride"):
            levels.update(_levels(override))
            place, start = number(override, "ilvl"), number(child(override, "startOverride"))
            if place in levels and start is not None:
                levels[place] = attrs.evolve(levels[place], start=max(0, start))
                restarted.append(place)
        self._instances[key] = _Instance(abstract, levels, tuple(restarted))

    def next(self, properties: Element | None, style: str | None) -> str:
        """The number of the next paragraph.

        Args:
            properties: its properties (``w:pPr``).
            style: id of its style.

        Returns:
            The number as a reader sees it, empty for a paragraph without one or with a bullet.

        """
        own = child(properties, "numPr")
        key, place = number(child(own, "numId")), number(child(own, "ilvl"))
        if key is None:
            source, key, styled = self._styles.numbering(style)
            if place is None and key in self._instances:
                levels = self._instances[key].levels
                place = next((at for at, level in levels.items() if level.paragraph_style == source), styled)
        instance = self._instances.get(key) if key else None
        place = min(max(place or 0, 0), _LEVELS - 1)
        if key is None or instance is None or place not in instance.levels:
            return ""
        counts = self._counted(key, instance, place)
        return _written(instance.levels, counts, place)

    def _counted(self, key: int, instance: _Instance, place: int) -> list[int | None]:
        """The counts of all levels once a paragraph of a level is counted."""
        counts = self._counts.setdefault(instance.abstract, [None] * _LEVELS)
        if key not in self._begun:
            self._begun.add(key)
            for at in instance.restarted:
                counts[at] = None
        before = counts[place]
        counts[place] = min(instance.levels[place].start if before is None else before + 1, _LARGEST)
        for at in range(place + 1, _LEVELS):
            level = instance.levels.get(at)
            if level is not None and (level.restart is None or place < level.restart):
                counts[at] = None
        return counts


def _levels(parent: Element) -> Iterator[tuple[int, Level]]:
    for element in parent.iterchildren(W + "lvl"):
        place = number(element, "ilvl")
        if place is None or not 0 <= place < _LEVELS:
            continue
        pattern = value(child(element, "lvlText")) or ""
        start = number(child(element, "start"))
        yield (
            place,
            Level(
                start=max(0, start if start is not None else 1),
                style=value(next(element.iter(_FORMAT), None)) or "decimal",
                pattern=pattern if len(pattern) <= _LONGEST else "",
                legal=switched(element, "isLgl") or False,
                restart=number(child(element, "lvlRestart")),
                paragraph_style=value(child(element, "pStyle")),
            ),
        )


def _written(levels: Levels, counts: list[int | None], place: int) -> str:
    """The number of a level, its own numeral and those of higher levels put in."""
    level = levels[place]
    if level.style == "bullet":
        return ""

    def figure(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        named = levels.get(at)
        if named is None or at > place:
            return ""
        count = counts[at]
        return numeral(max(0, named.start if count is None else count), "decimal" if level.legal else named.style)

    return _FIELD.sub(figure, level.pattern)
