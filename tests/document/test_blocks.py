"""Blocks and their enumerators."""

from reportlint.document import Block, BlockKind, Enumerator, OffsetMap, Span


def item(text: str, start: int, enumerator: Enumerator | None = None) -> Block:
    return Block(BlockKind.ITEM, text, OffsetMap.shift(start), enumerator, indent=2, bullet=True, level=1)


def test_an_enumerator_and_layout_are_as_given() -> None:
    block = item("Lamps;", 14, Enumerator("(a)", 10, 3))
    assert block.enumerator == Enumerator("(a)", 10, 3)
    assert (block.printed, block.start, block.head) == ("(a)", 10, Span(10, 13))
    assert (block.indent, block.bullet, block.level) == (2, True, 1)
    assert block.places() == (10, 14)


def test_without_an_enumerator_a_block_begins_with_its_text() -> None:
    block = item("Lamps;", 14)
    assert (block.enumerator, block.printed, block.start, block.head) == (None, None, 14, Span(14, 20))
    assert block.places() == (14,)


def test_equal_enumerators_are_one_text() -> None:
    one, other = (item("Lamps;", start + 4, Enumerator("".join("(a)"), start, 3)) for start in (0, 20))
    assert one.printed is other.printed
    assert one.head != other.head


def test_a_block_with_other_values() -> None:
    block = item("Lamps;", 14, Enumerator("(a)", 10, 3)).replaced(kind=BlockKind.HEADING, offsets=OffsetMap.shift(15))
    assert (block.kind, block.text, block.indent, block.level) == (BlockKind.HEADING, "Lamps;", 2, 1)
    assert block.enumerator == Enumerator("(a)", 10, 3)
