import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.document import Position, Source
from reportlint.document.source import fold
from reportlint.errors import UnreadableInput

TEXT = st.text(alphabet="ab é e\u0301ñ\u00a0\u2019'\u2011\u00ad\u200b\r\n\ufeff0٠\u0301\u0653", max_size=60)


def test_positions_count_the_code_points_of_the_file() -> None:
    source = Source.from_bytes("\ufeffune\r\ne\u0301te\u0301 X\rY\u2028Z".encode(), "a.md")
    assert source.text == "une\nété X\nY\u2028Z"
    assert source.position(source.text.index("X")) == Position(2, 7)
    assert source.position(source.text.index("Z")) == Position(3, 3)


def test_the_end_of_a_range_includes_combining_marks() -> None:
    source = Source.from_text("e\u0301te\u0301 fin")
    assert source.end_position(3) == Position(1, 6)
    assert source.end_position(1) == Position(1, 3)


@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n"])
def test_the_end_of_a_range_after_a_line_end_is_the_next_line(line_end: str) -> None:
    source = Source.from_text(f"one{line_end}two{line_end}")
    assert source.end_position(4) == Position(2, 1)
    assert source.end_position(8) == Position(3, 1)
    assert source.typed(0, 4) == f"one{line_end}"


def test_the_end_of_a_range_excludes_dropped_characters_after_it() -> None:
    source = Source.from_text("a\u00adb c")
    assert source.text == "ab c"
    assert source.end_position(1) == Position(1, 2)
    assert source.position(1) == Position(1, 3)


@pytest.mark.parametrize("encoding", ["utf-32", "utf-16", "utf-8-sig", "utf-8"])
def test_encodings(encoding: str) -> None:
    assert Source.from_bytes("Réunion\n".encode(encoding), "a.md").text == "Réunion\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_marks(mark: bytes, encoding: str) -> None:
    assert Source.from_bytes(mark + "Réunion\n".encode(encoding), "a.md").text == "Réunion\n"
    with pytest.raises(UnreadableInput, match="binary"):
        Source.from_bytes(mark + "Ré\0union\n".encode(encoding), "a.md")
    with pytest.raises(UnreadableInput, match="binary"):
        Source.from_bytes(mark + "\1\2\3a".encode(encoding), "a.md")
    with pytest.raises(UnreadableInput, match=f"not {encoding[:6].upper()}, despite its byte order mark"):
        Source.from_bytes(mark + "a\udc80b".encode(encoding, "surrogatepass"), "a.md")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"abc\0def", "binary"),
        (b"one\ntwo \xff", "line 2"),
        (b"\xff\xfe\x00\xd8", "UTF-16"),
        (b"\xff\xfe\x00\x00a", "UTF-32"),
        ("Réunion".encode("utf-16-le"), "binary"),
        (bytes(range(1, 9)) * 4, "binary"),
    ],
)
def test_bytes_that_are_not_text_raise(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableInput, match=message):
        Source.from_bytes(data, "a.md")


@given(TEXT)
def test_every_character_maps_to_its_origin(text: str) -> None:
    source = Source.from_text(text)
    lines = source.original.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for offset, character in enumerate(source.text):
        line, column = source.position(offset)
        if character == "\n":
            assert column == len(lines[line - 1]) + 1
        elif not unicodedata.combining(character):
            origin = lines[line - 1][column - 1 :]
            assert fold(unicodedata.normalize("NFC", origin))[:1] == character or fold(origin[0]) == character
    assert "\r" not in source.text


@given(TEXT)
def test_positions_ascend(text: str) -> None:
    source = Source.from_text(text)
    positions = [source.position(offset) for offset in range(len(source.text) + 1)]
    assert positions == sorted(positions)
    for offset in range(len(source.text)):
        assert source.position(offset) < source.end_position(offset + 1)


def test_typed_returns_the_original_characters() -> None:
    source = Source.from_text("a\u00adb’c\r\nd'e\u0301f")
    assert source.text == "ab'c\nd'éf"
    assert (source.typed(2, 3), source.typed(6, 7)) == ("’", "'")
    assert (source.typed(0, 2), source.typed(3, 6), source.typed(7, 8)) == ("a\u00adb", "c\r\nd", "e\u0301")
    assert (source.typed(0, 9), source.typed(4, 4), source.typed(9, 9)) == (source.original, "", "")
