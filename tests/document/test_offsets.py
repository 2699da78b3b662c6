import copy
import pickle

from hypothesis import given
from hypothesis import strategies as st

from reportlint.document import OffsetMap, Span

# Pieces kept of an original, as (length dropped before the piece, length kept).
PIECES = st.lists(st.tuples(st.integers(0, 4), st.integers(1, 5)), min_size=1, max_size=12)


def build(pieces: list[tuple[int, int]]) -> tuple[OffsetMap, list[int]]:
    """Return the map of the pieces and the original offset of each character kept."""
    origins: list[int] = []
    starts = []
    origin = 0
    for dropped, kept in pieces:
        origin += dropped
        starts.append((len(origins), origin))
        origins += range(origin, origin + kept)
        origin += kept
    return OffsetMap.of_pieces(starts), origins


@given(PIECES)
def test_each_character_maps_to_its_origin(pieces: list[tuple[int, int]]) -> None:
    offsets, origins = build(pieces)
    assert [offsets(index) for index in range(len(origins))] == origins
    assert [offsets.end(index + 1) for index in range(len(origins))] == [origin + 1 for origin in origins]


@given(PIECES, st.data())
def test_a_span_extends_from_its_first_to_its_last_character(
    pieces: list[tuple[int, int]], data: st.DataObject
) -> None:
    offsets, origins = build(pieces)
    start = data.draw(st.integers(0, len(origins) - 1))
    end = data.draw(st.integers(start + 1, len(origins)))
    assert offsets.span(start, end) == Span(origins[start], origins[end - 1] + 1)
    assert offsets.span(start, start) == Span(origins[start], origins[start])


@given(PIECES)
def test_contiguous_pieces_are_merged(pieces: list[tuple[int, int]]) -> None:
    offsets, _ = build(pieces)
    gaps = sum(1 for dropped, _ in pieces[1:] if dropped)
    assert len(list(offsets.starts())) == gaps + 1


def test_an_empty_piece_is_replaced_by_the_next() -> None:
    assert list(OffsetMap.of_pieces([(0, 3), (0, 7), (2, 20)]).starts()) == [(0, 7), (2, 20)]
    assert list(OffsetMap.of_pieces([]).starts()) == [(0, 0)]


def test_spans_overlap_when_they_share_a_character() -> None:
    assert Span(2, 5).overlaps(Span(4, 9))
    assert not Span(2, 5).overlaps(Span(5, 9))
    assert Span(3, 3).overlaps(Span(2, 5))
    assert not Span(5, 5).overlaps(Span(2, 5))


@given(PIECES, st.integers(0, 60), st.integers(1, 60))
def test_gaps_are_the_characters_left_out(pieces: list[tuple[int, int]], start: int, length: int) -> None:
    offsets, origins = build(pieces)
    span = Span(start, start + length)
    left_out = {offset for gap in offsets.gaps(span) for offset in range(*gap)}
    inside = range(max(span.start, origins[0]), min(span.end, origins[-1]))
    assert left_out.isdisjoint(origins)
    assert {offset for offset in inside if offset not in origins} <= left_out


def test_a_span_holds_what_lies_in_it() -> None:
    assert Span(2, 5).holds(Span(2, 5))
    assert not Span(2, 5).holds(Span(1, 3))
    assert not Span(2, 5).holds(Span(4, 6))


@given(PIECES, st.data())
def test_the_map_of_a_part_is_that_of_its_characters(pieces: list[tuple[int, int]], data: st.DataObject) -> None:
    offsets, origins = build(pieces)
    start = data.draw(st.integers(0, len(origins) - 1))
    end = data.draw(st.integers(start + 1, len(origins)))
    part = offsets.part(start, end)
    assert [part(index) for index in range(end - start)] == origins[start:end]


@given(PIECES)
def test_a_copy_maps_as_the_original(pieces: list[tuple[int, int]]) -> None:
    mapping, origins = build(pieces)
    for copied in (copy.copy(mapping), copy.deepcopy(mapping), pickle.loads(pickle.dumps(mapping))):
        assert [copied(offset) for offset in range(len(origins))] == origins
