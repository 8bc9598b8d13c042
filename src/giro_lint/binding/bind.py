"""A source text to a bound document. May import: everything in binding, grammar.structure, model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from giro_lint.binding.flat_heads import without_sections
from giro_lint.binding.flat_settle import settle, used_edition
from giro_lint.binding.flows import make_flow
from giro_lint.binding.front import find_period, find_report_year, find_title, kind_of_body
from giro_lint.binding.index import label_index
from giro_lint.binding.sections import find_sections
from giro_lint.binding.tables import bind_tables, gather_rows
from giro_lint.binding.tail import find_signature
from giro_lint.grammar.structure import parse_blocks
from giro_lint.model.document import Block, Document, Grid, Line, Section, Title
from giro_lint.model.form import Edition, Knowledge, TableForm
from giro_lint.model.source import Source

if TYPE_CHECKING:
    from giro_lint.binding.flat import Identities
    from giro_lint.binding.flat_split import Identity


def _no_sums(_: TableForm, __: Edition) -> Sequence[Identity]:
    return ()


_USUAL = 3
"""So many sections in the words of the form tell that a report without tables means to be on it."""


def bind(
    source: Source,
    knowledge: Knowledge,
    *,
    year: int | None = None,
    edition: str | None = None,
    body_kind: str | None = None,
    deadline: str = "",
    identities: Identities = _no_sums,
) -> Document:
    """Bind a text to the form.

    Args:
        source: the text.
        knowledge: editions and vocabulary.
        year: report year, when the caller knows better than the text.
        edition: id of the edition to check against, likewise.
        body_kind: kind of body, likewise.
        deadline: the last day that a local notice allows for publishing, as ``MM-DD``, or empty.
        identities: the sums of a table, by which figures that stick together are told apart.

    Returns:
        The document; a text that is no report gives one without title, sections and tables.

    """
    text, vocabulary = source.text, knowledge.vocabulary
    latest = knowledge.edition(edition) or knowledge.editions[-1]
    blocks = [
        without_sections(text, block, latest) if isinstance(block, Grid) else block for block in parse_blocks(text)
    ]
    grids = [block for block in blocks if isinstance(block, Grid)]
    rows = gather_rows(text, grids, knowledge)
    index = label_index(knowledge)
    front, sections, restarts = find_sections(text, blocks, latest, vocabulary, index.names)
    title = find_title(text, front, vocabulary)
    flow = make_flow(text, (block for block in front if isinstance(block, Line)))
    period = find_period(flow, vocabulary)
    if period is None and sections:
        period = find_period(make_flow(text, sections[0].lines), vocabulary)
    told = title.year if title else None
    found = (
        year
        or told
        or (period[0].end_date.year if period else None)
        or find_report_year(flow, make_flow(text, sections[0].lines if sections else ()), vocabulary)
    )
    due = knowledge.due(found) if found else None
    bound_to = knowledge.edition(edition) or due or latest
    tables, used = bind_tables(rows, bound_to, knowledge, _locator(sections))
    settled = settle(source, sections, tables, rows, bound_to, knowledge, identities)
    used = used_edition(settled, used)
    signature, kept = (
        find_signature(text, sections[-1].blocks, vocabulary) if sections else find_signature(text, front, vocabulary)
    )
    if sections:
        sections[-1].blocks = sections[-1].blocks[:kept]
    body = (title.body if title else "") or signature.body
    if not settled.tables and not settled.declined and kind_of_body(body, vocabulary) == vocabulary.own_form:
        usual = sum(section.wording in {"exact", "alias"} for section in sections)
        sections = sections if usual >= _USUAL else []
    return Document(
        source=source,
        vocabulary=vocabulary,
        editions=knowledge.editions,
        edition=knowledge.edition(edition) or due or used or latest,
        due=due,
        used=used,
        year=found,
        body=body,
        body_kind=body_kind or kind_of_body(body, vocabulary) or kind_of_body(signature.body, vocabulary),
        title=title,
        preamble=_after(text, front, title),
        sections=sections,
        tables=settled.tables,
        signature=signature,
        period=period,
        restarts=restarts,
        deadline=deadline,
        declined=settled.declined,
        remarks=settled.remarks,
    )


def _after(text: str, front: list[Block], title: Title | None) -> list[Block]:
    """The blocks behind the title; a paragraph that was joined to the title's line begins where the title ends."""
    if title is None:
        return front
    behind: list[Block] = []
    for block in front:
        if block.start >= title.end:
            behind.append(block)
        elif block.end > title.end and isinstance(block, Line):
            lead = len(text[title.end : block.end]) - len(text[title.end : block.end].lstrip())
            behind.append(Line(title.end, block.end, text_start=title.end + lead))
    return behind


def _locator(sections: list[Section]) -> Callable[[int], str | None]:
    def section_at(offset: int) -> str | None:
        return next((section.key for section in reversed(sections) if section.start <= offset), None)

    return section_at
