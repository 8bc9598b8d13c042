"""Binds a table whose figures stand in one row under several headers (reviews and lawsuits). May import: rows, index, labels."""

from __future__ import annotations

from functools import lru_cache

from giro_lint.binding.labels import label_core, squeeze
from giro_lint.binding.rows import Draft, Row
from giro_lint.grammar.numbers import parse_cell
from giro_lint.model.form import TableForm
from giro_lint.model.values import CellState


def bind_line(draft: Draft) -> None:
    """Check the headers against the form, then bind the one row of figures."""
    block = draft.form.blocks[0]
    columns = [column.key for column in block.columns]
    due = len(block.rows) * len(columns)
    data: list[Row] = []
    header: list[Row] = []
    for typed in draft.rows:
        (data if _is_data(draft, typed) else header).append(typed)
    chosen = next((row for row in data if len(_figures(row, due)) == due), data[0] if data else None)
    figures = _figures(chosen, due) if chosen else []
    _header(draft, header, labelled=bool(figures) and figures[0] > 0)
    if chosen is None or len(figures) != due:
        place = chosen.span(0) if chosen else draft.place
        draft.note("cells-missing", place, "", found=len(figures), expected=due)
        return
    for number, row in enumerate(block.rows):
        positions = figures[number * len(columns) : (number + 1) * len(columns)]
        draft.put(row.key, columns, chosen, positions)
        draft.labels.setdefault(row.key, chosen.span(positions[0]))
    others = [other for other in data if other is not chosen and len(_figures(other, due)) >= due - 1]
    if others:
        draft.note("row-extra", others[0].span(0), "", found=len(others) + 1)


@lru_cache(maxsize=8)
def _header_labels(form: TableForm) -> tuple[dict[str, str], frozenset[str]]:
    """Keys of columns, rows and groups by the core of their labels, and the cores of rows and groups."""
    block = form.blocks[0]
    outer = [*block.rows, *form.groups]
    known = {
        label_core(label): entry.key for entry in (*block.columns, *outer) for label in (entry.label, *entry.aliases)
    }
    return known, frozenset(label_core(entry.label) for entry in outer)


def _is_data(draft: Draft, row: Row) -> bool:
    """Whether a row holds figures (or as many blanks as the form has cells) and no header."""
    known = draft.known
    if any(text in part for text in row.labels for part in (known.rows, known.columns, known.groups, known.words)):
        return False
    cells = len(draft.form.blocks[0].rows) * len(draft.form.blocks[0].columns)
    states = [parse_cell(text).state for text in row.texts]
    return any(state in {CellState.NUMBER, CellState.PLACEHOLDER} for state in states) or len(row.texts) in {
        cells,
        cells + 1,
    }


def _figures(row: Row, due: int) -> list[int]:
    """Positions of the figures: a label in front and blanks that only pad are left out."""
    positions = list(range(len(row.texts)))
    if positions and row.cores[0] and parse_cell(row.texts[0]).state is CellState.TEXT:
        positions = positions[1:]
    while len(positions) > due and row.blank(positions[-1]):
        positions.pop()
    while len(positions) > due and row.blank(positions[0]):
        positions.pop(0)
    return positions


def _header(draft: Draft, header: list[Row], *, labelled: bool) -> None:
    """Compare the header labels with the form's; one column of labels in front is passed over."""
    known, outer_labels = _header_labels(draft.form)
    found: list[str] = []
    every: list[str] = []
    outer: list[str] = []
    wrong: list[tuple[Row, int]] = []
    above: tuple[str, ...] = ()
    for row in header:
        if not any(text in known for text in row.labels):
            continue  # a title
        aligned = len(above) == len(row.cores)
        merged = [aligned and text == above[i] for i, text in enumerate(row.cores)]
        above = row.cores
        for position, text in enumerate(row.cores):
            key = known.get(text)
            if key and text not in outer_labels:
                every.append(key)
            if not text or merged[position] or row.repeated(position) or (key is None and labelled and position == 0):
                continue
            if key is None and draft.known.part_of(text):
                return  # a converter cut the labels
            if key is None:
                wrong.append((row, position))
                continue
            (outer if text in outer_labels else found).append(key)
            draft.columns.setdefault(key, row.span(position))
    if wrong:
        row, position = wrong[0]
        texts = "、".join(squeeze(row.texts[position]) for row, position in wrong)
        draft.note("header-wrong", row.span(position), "", found=texts, count=len(wrong))
    elif header:
        block = draft.form.blocks[0]
        due = [column.key for column in block.columns] * len(block.rows)
        _compare(draft, every if sorted(every) == sorted(due) else found, outer)


def _compare(draft: Draft, found: list[str], outer: list[str]) -> None:
    """Note what the header lacks, or that it stands in another order."""
    block = draft.form.blocks[0]
    labels = {entry.key: entry.label for entry in (*block.rows, *draft.form.groups)}
    names = {entry.key: entry.label for entry in block.columns}
    due = [entry.key for entry in block.columns] * len(block.rows)
    place = next(iter(draft.columns.values()), draft.place)
    missing = [key for key in labels if key not in outer]
    if sorted(found) != sorted(due) and found != due[: len(block.columns)]:
        lacking = [names[key] for key in dict.fromkeys(due) if found.count(key) < due.count(key)]
        draft.note("header-incomplete", place, "", missing="、".join(lacking) or "—", count=len(due) - len(found))
    elif missing:
        draft.note("group-header", place, missing[0], missing="、".join(labels[key] for key in missing))
    elif found != due and len(found) == len(due):
        draft.note("header-order", place, "")
