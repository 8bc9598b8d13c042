"""The way from a built text back to the file it was built from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from giro_lint.model.source import Origin, Place, Source, Span


@st.composite
def built(draw):
    """A file, a text built from it (copies, stand-ins, inserted and left-out pieces), and each code point's true origin."""
    file, text, segments, true = "", "", [], []
    for kind, piece in draw(
        st.lists(st.tuples(st.sampled_from("cceis"), st.text("甲乙丙\n1", min_size=1, max_size=4)))
    ):
        if kind == "c":
            segments.append((len(text), len(text) + len(piece), len(file), len(file) + len(piece)))
            true += [(len(file) + i, len(file) + i + 1) for i in range(len(piece))]
            file += piece
            text += piece
        elif kind == "e":
            segments.append((len(text), len(text) + 1, len(file), len(file) + 6))
            true.append((len(file), len(file) + 6))
            file += "&nbsp;"
            text += " "
        elif kind == "i":
            true += [None] * len(piece)
            text += piece
        else:
            file += f"<{piece}>"
    return file, text, segments, true


@given(built(), st.data())
def test_a_span_comes_from_where_its_ends_come_from(made, data):
    file, text, segments, true = made
    source = Source(text, origin=Origin(file, segments), media="html")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = source.origin_span(Span(start, end))
    assert 0 <= found.start <= found.end <= len(file)
    inside = [place for place in true[start:end] if place]
    if inside and true[start] and true[end - 1]:
        assert (found.start, found.end) == (inside[0][0], inside[-1][1])


@given(built(), st.data())
def test_an_edit_changes_what_the_span_shows_and_nothing_else(made, data):
    file, text, segments, true = made
    source = Source(text, origin=Origin(file, segments), media="html")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    placed = source.editable(Span(start, end))
    if placed is not None:
        assert file[placed.start : placed.end] == text[start:end]
        assert all(true[start:end])
    elif end > start and all(true[start:end]):
        widths = {b - a for a, b in true[start:end]}
        gaps = any(a[1] != b[0] for a, b in zip(true[start:end], true[start + 1 : end], strict=False))
        assert widths != {1} or gaps


def test_text_that_was_put_in_between_cannot_be_edited():
    source = Source("甲:乙", origin=Origin("甲乙", [(0, 1, 0, 1), (2, 3, 1, 2)]), media="html")
    assert source.editable(Span(0, 3)) is None
    assert source.editable(Span(2, 3)) == Span(1, 2)


def test_an_empty_cell_has_its_own_place():
    source = Source("\t1\n\t\n", origin=Origin("<td>1</td><td></td>", [(1, 2, 4, 5), (4, 4, 14, 14)]), media="html")
    assert source.origin_span(Span(4, 4)) == Span(14, 14)
    assert source.opened(Span(4, 4)) == ((1, 15), (1, 15))


def test_an_edit_does_not_reach_over_what_the_page_does_not_hold():
    source = Source("1 1", origin=Origin("11", [(0, 1, 0, 1), (2, 3, 1, 2)]), media="html")
    assert source.editable(Span(0, 3)) is None
    assert source.editable(Span(2, 3)) == Span(1, 2)


def test_a_text_is_its_own_origin():
    source = Source("甲\n乙")
    assert source.opened(Span(2, 3)) == ((2, 1), (2, 2))
    assert source.opened_edit(Span(2, 3), "<\n") == (Span(2, 3), "<\n")


def test_an_edit_of_a_web_page_is_spelled_as_the_page_spells():
    source = Source("甲乙", origin=Origin("<p>甲乙</p>", [(0, 2, 3, 5)]), media="html")
    assert source.opened_edit(Span(1, 2), "<&>") == (Span(4, 5), "&lt;&amp;&gt;")
    assert source.opened_edit(Span(1, 2), "一\n二") is None


def test_a_place_in_a_document_without_lines():
    places = [Place(0, 3, {"paragraph": 1}), Place(4, 5, {"table": 1, "row": 1, "cell": 1})]
    source = Source("甲乙\n\t1\n", media="docx", encoding="", places=places)
    assert source.location(Span(0, 2)) == {"paragraph": 1}
    assert source.location(Span(4, 5)) == {"table": 1, "row": 1, "cell": 1}
    assert source.location(Span(4, 4)) == {"table": 1, "row": 1, "cell": 1}
    assert source.editable(Span(0, 2)) is None
