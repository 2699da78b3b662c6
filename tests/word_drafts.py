"""Writes drafts as Word files, in the ways in which people write them: the twins of drafts in Markdown or plain text.

The writer shares no code with the reader of Word files. It writes what the other readers found: blocks, labels, marks,
notes and tables. The files are the same on every machine: nothing in them depends on the time or on a compressor.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby, pairwise
from typing import NamedTuple

from reportlint.document import Block, BlockKind, Document, Mark, MarkKind
from reportlint.document.enumerators import Style, readings

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_WHO = 'w:author="An editor" w:date="2024-01-01T00:00:00Z"'
_TWIPS = 120  # in a column of text
_FRONT_LINE = 60
_SYMBOL = re.compile(r"\S+/\S*\d\S*")
_HARD_BREAK = ("  ", "\\")
_FORMATS = {
    Style.ARABIC: "decimal", Style.LOWER: "lowerLetter", Style.UPPER: "upperLetter", Style.ROMAN: "upperRoman",
    Style.LOWER_ROMAN: "lowerRoman",
}  # fmt: skip
_NO_LETTER = re.compile(r"\W*")


class Way(NamedTuple):
    """A way to write a draft.

    ``numbers`` is "typed" or "automatic", ``masthead`` "geneva" or "new york", and ``changes`` "", "tracked" or
    "struck". With ``by_character``, each character is a run.
    """

    numbers: str = "typed"
    masthead: str = "geneva"
    changes: str = ""
    by_character: bool = False


WAYS = {
    "typed numbers, Geneva masthead": Way(),
    "typed numbers, New York masthead": Way(masthead="new york"),
    "automatic numbers": Way("automatic"),
    "one run per character": Way(by_character=True),
    "tracked changes": Way("automatic", "new york", "tracked"),
    "struck-through text": Way("typed", "new york", "struck"),
}
"""The ways of writing, by name."""


class Run(NamedTuple):
    """Text with its properties (XML) and the address that it leads to, or the reference of the note ``note``.

    With ``custom``, the text is the mark of the note; otherwise Word counts.
    """

    text: str
    properties: str = ""
    note: str = ""
    custom: bool = False
    link: str = ""


@dataclass
class Line:
    """A paragraph of Word: what stands in ``w:pPr``, and its runs. ``label`` counts the runs of a typed label."""

    runs: list[Run]
    properties: str = ""
    label: int = 0


def word_draft(document: Document, way: Way) -> bytes:
    """Return a draft as a Word file."""
    return _Writer(document, way).package()


# Numbers


class _Form(NamedTuple):
    """The form of a label: the format of its number, and what is printed around it."""

    format: str
    before: str
    after: str


@dataclass
class _List:
    """An abstract list: its forms by level, the last value of each level, and the ``numId`` in use."""

    number: int
    levels: list[_Form] = field(default_factory=list)
    values: dict[int, int] = field(default_factory=dict)
    use: int = 0


class _Lists:
    """Numbers paragraphs as Word does; where Word would print another number, the list begins anew."""

    def __init__(self) -> None:
        self.lists = {name: _List(number) for number, name in enumerate(("headings", "paragraphs", "items"))}
        self.uses: list[tuple[int, int, int]] = []

    def properties(self, text: str, is_heading: bool) -> str | None:
        """Return the ``w:numPr`` that makes Word print a label; ``None`` for one that it cannot count."""
        forms = list(_forms(text))
        if not forms:
            return None
        names = ["headings"] if is_heading else ["paragraphs", "items"]
        for name in names:
            for form, value in forms:
                used = self.lists[name]
                if form in used.levels and used.values.get(used.levels.index(form), 0) + 1 == value and used.use:
                    return self._count(used, form, value)
        form, value = forms[0]
        return self._restart(self.lists[names[-1] if self.lists[names[0]].use else names[0]], form, value)

    def _restart(self, used: _List, form: _Form, value: int) -> str | None:
        if form not in used.levels:
            if len(used.levels) == 9:
                return None
            used.levels.append(form)
        self.uses.append((used.number, used.levels.index(form), value))
        used.use = len(self.uses)
        return self._count(used, form, value)

    def _count(self, used: _List, form: _Form, value: int) -> str:
        level = used.levels.index(form)
        used.values = {key: last for key, last in used.values.items() if key < level} | {level: value}
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{used.use}"/></w:numPr>'

    def xml(self) -> str:
        """Return the content of ``numbering.xml``."""
        abstract = "".join(
            f'<w:abstractNum w:abstractNumId="{used.number}"><w:multiLevelType w:val="multilevel"/>'
            + "".join(
                f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form.format}"/>'
                f'<w:lvlText w:val="{escape(form.before)}%{level + 1}{escape(form.after)}"/></w:lvl>'
                for level, form in enumerate(used.levels)
            )
            + "</w:abstractNum>"
            for used in self.lists.values()
        )
        bullets = (
            f'<w:abstractNum w:abstractNumId="{len(self.lists)}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>'
        )
        uses = "".join(
            f'<w:num w:numId="{use}"><w:abstractNumId w:val="{abstract}"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{value}"/></w:lvlOverride></w:num>'
            for use, (abstract, level, value) in enumerate(self.uses, 1)
        )
        return f'{abstract}{bullets}{uses}<w:num w:numId="900"><w:abstractNumId w:val="{len(self.lists)}"/></w:num>'


def _forms(text: str) -> Iterator[tuple[_Form, int]]:
    """Yield what a label may be to Word: its form and its value."""
    for reading in readings(text):
        stem = reading.stem
        value = text[len(stem) :] if stem else text
        bare = value.strip("().[]")
        if reading.suffix or not bare or not value.count(bare) or "[" in text:
            continue
        before, _, after = value.partition(bare)
        format = _FORMATS.get(reading.style, "decimal")
        yield _Form(format, stem + before, after), reading.value


# Parts


class _Writer:
    def __init__(self, document: Document, way: Way) -> None:
        self.document = document
        self.way = way
        self.lists = _Lists()
        self.is_laid_out = document.format != "markdown"
        self.notes, self.custom = _notes(document)
        self.marked: set[str] = set()
        self.changes = 0

    def package(self) -> bytes:
        """Return the bytes of the file."""
        blocks = list(self.document.blocks)
        left, right, rest = self._masthead(blocks)
        table = _masthead_table(left, right, floats=self.way.masthead == "geneva") if right else ""
        is_new_york = bool(table) and self.way.masthead == "new york"
        parts: dict[str, str] = {}
        body = ("" if is_new_york else table) + self._body(rest)
        heads = "".join(
            _paragraph(Line([Run(self.document.source.text[start:end])]))
            for start, end in dict.fromkeys(self.document.running_heads)
        )
        references = ""
        for name, kind, inner in (("header1", "first", table if is_new_york else ""), ("header2", "default", heads)):
            if inner:
                parts[name] = f"{inner}<w:p/>" if inner.endswith("</w:tbl>") else inner
                references += f'<w:headerReference w:type="{kind}" r:id="{name}"/>'
        body += f"<w:sectPr>{references}{'<w:titlePg/>' if is_new_york else ''}</w:sectPr>"
        parts["styles"] = _styles()
        parts["numbering"] = self.lists.xml()
        if self.notes:
            parts["footnotes"] = self._footnotes()
        return _package(body, parts)

    def _masthead(self, blocks: Sequence[Block]) -> tuple[list[Line], list[Line], Sequence[Block]]:
        """Return the left and the right column of the masthead, and the blocks that follow it."""
        begun = False
        end = 0
        for number, block in enumerate(blocks):
            if begun and (block.kind is BlockKind.HEADING or len(block.text) > _FRONT_LINE * 2 or block.enumerator):
                break
            is_row = block.kind is BlockKind.TABLE_ROW
            begun = begun or is_row or len(block.line_starts) > 1 or bool(_SYMBOL.fullmatch(block.text.strip()))
            if block.enumerator or number > 12:
                return [], [], blocks
            end = number + 1
        left: list[Line] = []
        right: list[Line] = []
        for block in blocks[:end]:
            if block.kind is BlockKind.TABLE_ROW:
                cells = [_runs(block, self._note, mark.start, mark.end) for mark in _cells(block)]
                for column, cell in zip((left, right), cells, strict=False):
                    if any(run.text.strip() for run in cell):
                        column.append(Line(cell))
                continue
            for line in self._lines(block):
                is_symbol = _SYMBOL.fullmatch("".join(run.text for run in line.runs).strip())
                is_right = right or is_symbol or (left and block.kind is not BlockKind.HEADING)
                (right if is_right else left).append(line)
        return left, right, blocks[end:]

    def _lines(self, block: Block) -> Iterator[Line]:
        """Yield the lines of a block before the text as paragraphs."""
        cuts = [0, *(cut for cut in block.line_starts[1:] if self._breaks(block, cut)), len(block.text) + 1]
        for start, end in pairwise(cuts):
            yield Line(_runs(block, self._note, start, end - 1))

    def _breaks(self, block: Block, cut: int) -> bool:
        """Return whether a line of a block was ended on purpose."""
        text = self.document.source.text
        end = block.span(cut - 2, cut - 1).end if cut > 1 else 0
        stop = text.find("\n", end)
        if self.is_laid_out:
            return len(block.first_line) < _FRONT_LINE and block.kind is not BlockKind.HEADING
        return text[end:stop].endswith(_HARD_BREAK) or text[:stop].endswith(_HARD_BREAK)

    def _body(self, blocks: Sequence[Block]) -> str:
        parts: list[str] = []
        is_front = True
        waiting: list[Run] = []
        properties = ""
        for is_table, group in groupby(blocks, lambda block: block.kind is BlockKind.TABLE_ROW):
            if is_table:
                parts.append(
                    _table([_runs(row, self._note, *cell) for cell in map(_range, _cells(row))] for row in group)
                )
                continue
            for block in group:
                if block.kind is BlockKind.FOOTNOTE and block.enumerator and block.enumerator.text in self.notes:
                    continue
                is_front = is_front and block.enumerator is None
                if is_front and block.kind is BlockKind.PARAGRAPH:
                    parts += [self._written(line) for line in self._lines(block)]
                    continue
                line = self._line(block)
                if waiting:
                    label = Run(f"{block.enumerator.text} ") if block.enumerator else Run("")
                    line = Line([*waiting, label, *_runs(block, self._note)], properties, len(waiting))
                    waiting = []
                if block.enumerator and not block.text and _is_followed(blocks, block):
                    waiting, properties = line.runs or [Run("")], line.properties
                    continue
                parts.append(self._written(line))
        return "".join(parts)

    def _line(self, block: Block) -> Line:
        """Return the paragraph of a block, with its label."""
        is_heading = block.kind is BlockKind.HEADING
        style = "Note" if block.kind is BlockKind.FOOTNOTE else "Quote" if block.kind is BlockKind.QUOTATION else ""
        if is_heading:
            level = min(max(block.level, 1), 6)
            style = f"Heading{level}" if self.way.numbers == "automatic" else f"H{level}"
        properties = f'<w:pStyle w:val="{style}"/>' if style else ""
        runs = _runs(block, self._note, breaks=lambda cut: not self.is_laid_out and self._breaks(block, cut))
        label: list[Run] = []
        numbering = ""
        if block.bullet and not block.enumerator:
            if self.way.numbers == "automatic":
                numbering = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="900"/></w:numPr>'
            else:
                label = [Run("•\t")]
        elif block.enumerator:
            text = block.enumerator.text
            counted = None
            if self.way.numbers == "automatic" and block.kind is not BlockKind.FOOTNOTE:
                counted = self.lists.properties(text, is_heading)
            if counted is None:
                label = [Run(f"{text}\t")]
            else:
                numbering = counted
        indent = f'<w:ind w:left="{block.indent * _TWIPS}"/>' if block.indent else ""
        return Line([*label, *runs], properties + numbering + indent, len(label))

    def _written(self, line: Line) -> str:
        """Return the XML of a paragraph, with the changes that somebody made in it."""
        self.changes += 1
        if self.way.changes == "tracked":
            return "".join(_tracked(line, self.changes))
        if self.way.changes == "struck":
            return "".join(_struck(line, self.changes))
        return _paragraph(line, self.way.by_character)

    def _note(self, mark: Mark) -> Run:
        """Return the mark of a note."""
        raised = '<w:vertAlign w:val="superscript"/>'
        if mark.value not in self.notes or mark.value in self.marked:
            return Run(mark.value, raised)
        self.marked.add(mark.value)
        return Run(mark.value, raised, str(self.notes[mark.value]), custom=mark.value in self.custom)

    def _footnotes(self) -> str:
        found = {block.enumerator.text: block for block in self.document.blocks if _is_note(block) and block.enumerator}
        separators = (
            '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
            '<w:footnote w:type="continuationSeparator" w:id="0"><w:p/></w:footnote>'
        )

        def mark(label: str) -> str:
            printed = f"<w:t>{escape(label)}</w:t>" if label in self.custom else "<w:footnoteRef/>"
            return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>{printed}</w:r>'

        notes = "".join(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr>{mark(label)}<w:r><w:tab/></w:r>'
            f"{''.join(map(_run, _runs(found[label], self._note)))}</w:p></w:footnote>"
            for label, number in self.notes.items()
        )
        return separators + notes


def _is_note(block: Block) -> bool:
    return block.kind is BlockKind.FOOTNOTE


def _is_followed(blocks: Sequence[Block], block: Block) -> bool:
    """Return whether a label without text is followed by another on its line."""
    number = next(index for index, each in enumerate(blocks) if each is block)
    following = blocks[number + 1] if number + 1 < len(blocks) else None
    return (
        following is not None
        and following.enumerator is not None
        and block.enumerator is not None
        and following.enumerator.span.start - block.enumerator.span.end < 4
    )


def _notes(document: Document) -> tuple[dict[str, int], set[str]]:
    """Return the notes that Word can have, by label, with their identifiers, and those that need a mark of their own.

    A note without a mark is typed. Only the first mark of a note leads to it.
    """
    labels = [block.enumerator.text for block in document.blocks if _is_note(block) and block.enumerator]
    marks = [mark.value for block in document.blocks for mark in block.marks if mark.kind is MarkKind.FOOTNOTE]
    fitting = [label for label in dict.fromkeys(marks) if labels.count(label) == 1]
    notes = {label: number for number, label in enumerate(fitting, 1)}
    counted = 0
    custom = set()
    for label in fitting:
        if label == str(counted + 1):
            counted += 1
        else:
            custom.add(label)
    return notes, custom


def is_writable(document: Document) -> bool:
    """Return whether Word can have the notes of a draft: each note has a mark, and a label of its own."""
    labels = [block.enumerator.text for block in document.blocks if _is_note(block) and block.enumerator]
    marks = {mark.value for block in document.blocks for mark in block.marks if mark.kind is MarkKind.FOOTNOTE}
    return len(labels) == len(set(labels)) and set(labels) <= marks


# Paragraphs


def _cells(block: Block) -> list[Mark]:
    return [mark for mark in block.marks if mark.kind is MarkKind.CELL]


def _range(mark: Mark) -> tuple[int, int]:
    return mark.start, mark.end


_EMPHASIS = {
    MarkKind.STRONG: "<w:b/>",
    MarkKind.EMPHASIS: "<w:i/>",
    MarkKind.SUPERSCRIPT: '<w:vertAlign w:val="superscript"/>',
}


def _runs(
    block: Block,
    note: Callable[[Mark], Run],
    start: int = 0,
    end: int | None = None,
    breaks: Callable[[int], bool] = lambda _: False,
) -> list[Run]:
    """Return the runs of a range of the text of a block."""
    stop = len(block.text) if end is None else min(end, len(block.text))
    text = list(block.text)
    for cut in block.line_starts[1:]:
        if breaks(cut):
            text[cut - 1] = "\n"
    notes = [mark for mark in block.marks if mark.kind is MarkKind.FOOTNOTE and start <= mark.start <= stop]
    emphasis = [mark for mark in block.marks if mark.kind in _EMPHASIS]
    links = [mark for mark in block.marks if mark.kind is MarkKind.LINK]
    edges = {start, stop} | {edge for mark in (*notes, *emphasis, *links) for edge in (mark.start, mark.end)}
    cuts = sorted(edge for edge in edges if start <= edge <= stop)
    runs: list[Run] = []
    for here, there in zip(cuts, [*cuts[1:], stop], strict=True):
        runs += [note(mark) for mark in notes if mark.start == here]
        properties = "".join(dict.fromkeys(_EMPHASIS[m.kind] for m in emphasis if m.start <= here < there <= m.end))
        link = next((mark.value for mark in links if mark.start <= here < there <= mark.end), "")
        if here < there:
            runs.append(Run("".join(text[here:there]), properties, link=link))
    return runs


def _run(run: Run, change: str = "") -> str:
    """Return the XML of a run. ``change`` is "del" or "ins" for a tracked change."""
    properties = f"<w:rPr>{run.properties}</w:rPr>" if run.properties else ""
    if run.note:
        mark = f'<w:footnoteReference w:id="{run.note}"/>'
        if run.custom:
            mark = f'<w:footnoteReference w:customMarkFollows="1" w:id="{run.note}"/><w:t>{escape(run.text)}</w:t>'
        inner = f"<w:r>{properties}{mark}</w:r>"
    else:
        tag = "w:delText" if change == "del" else "w:t"
        content = "".join(
            {"\t": "<w:tab/>", "\n": "<w:br/>"}.get(piece)
            or f'<{tag} xml:space="preserve">{escape(piece, quote=False)}</{tag}>'
            for piece in re.split(r"([\t\n])", run.text)
            if piece
        )
        inner = f"<w:r>{properties}{content}</w:r>" if content else ""
        if run.link and inner:
            inner = f'<w:fldSimple w:instr=" HYPERLINK &quot;{escape(run.link)}&quot; ">{inner}</w:fldSimple>'
    return f'<w:{change} w:id="1" {_WHO}>{inner}</w:{change}>' if change and inner else inner


def _paragraph(line: Line, by_character: bool = False, mark: str = "", change: str = "") -> str:
    """Return the XML of a paragraph. ``mark`` is the change of its end, ``change`` that of its runs."""
    end = f'<w:rPr><w:{mark} w:id="1" {_WHO}/></w:rPr>' if mark else ""
    properties = f"<w:pPr>{line.properties}{end}</w:pPr>" if line.properties or end else ""
    runs: Iterable[Run] = line.runs
    if by_character:
        runs = (each for run in line.runs for each in ([run] if run.note else [run._replace(text=c) for c in run.text]))
    return f"<w:p>{properties}{''.join(_run(run, change) for run in runs)}</w:p>"


def _table(rows: Iterable[Sequence[list[Run]]]) -> str:
    """Return the XML of a table, with a paragraph after it."""
    inner = "".join(f"<w:tr>{''.join(_cell([Line(cell)]) for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/>{inner}</w:tbl>"


def _cell(lines: Sequence[Line]) -> str:
    return f"<w:tc><w:tcPr/>{''.join(map(_paragraph, lines)) or '<w:p/>'}</w:tc>"


def _masthead_table(left: Sequence[Line], right: Sequence[Line], floats: bool) -> str:
    """Return the masthead: body and symbol in the first row, distribution, date and language in the second."""
    place = '<w:tblpPr w:vertAnchor="page" w:horzAnchor="page" w:tblpX="1135" w:tblpY="568"/>' if floats else ""
    rows = [(left, right[:1]), ([], right[1:])]
    return f"<w:tbl><w:tblPr>{place}</w:tblPr>" + "".join(
        f"<w:tr>{_cell(one)}{_cell(other)}</w:tr>" for one, other in rows if one or other
    ) + "</w:tbl>"  # fmt: skip


# Changes


def _split_word(line: Line, turn: int) -> tuple[list[Run], Run, list[Run]] | None:
    """Return the runs before a word, the word, and the runs after it; the word changes with the turn."""
    words = [
        (number, match)
        for number, run in enumerate(line.runs[line.label :], line.label)
        if not run.note and "vertAlign" not in run.properties
        for match in re.finditer(r"\w+", run.text)
    ]
    if not words:
        return None
    number, match = words[turn % len(words)]
    run = line.runs[number]
    before, after = run._replace(text=run.text[: match.start()]), run._replace(text=run.text[match.end() :])
    return [*line.runs[:number], before], run._replace(text=match.group()), [after, *line.runs[number + 1 :]]


def _wrong(run: Run) -> Run:
    """Return a word as it stood before the change."""
    return run._replace(text="17" if run.text.isdecimal() else "erroneous")


def _deleted_line(line: Line) -> Line:
    """Return a paragraph that is not to be read, in the place and with the label of another."""
    return Line([*line.runs[: line.label], Run("There were 17 erroneous words in A/XX/17.")], line.properties)


def _tracked(line: Line, turn: int) -> Iterator[str]:
    """Yield the XML of a paragraph with tracked changes: by turns a word, a paragraph, or the end of one."""
    if turn % 7 == 0:
        yield _paragraph(_deleted_line(line), mark="del", change="del")
    if turn % 5 == 0:
        yield _paragraph(line, mark="ins", change="ins")
        return
    cut = _split_word(line, turn)
    if cut is None:
        yield _paragraph(line)
        return
    before, word, after = cut
    properties = f"<w:pPr>{line.properties}</w:pPr>" if line.properties else ""
    if turn % 3 == 0 and not line.label:
        yield _paragraph(Line(before, line.properties), mark="del")
        yield _paragraph(Line([word, *after], line.properties))
        return
    half = len(word.text) // 2 if turn % 2 else 0
    kept, added = word._replace(text=word.text[:half]), word._replace(text=word.text[half:])
    changed = [*map(_run, [*before, kept]), _run(_wrong(word), "del"), _run(added, "ins"), *map(_run, after)]
    yield f"<w:p>{properties}{''.join(changed)}</w:p>"


def _struck(line: Line, turn: int) -> Iterator[str]:
    """Yield the XML of a paragraph with changes made by hand: old words struck through, new ones bold."""
    strike = "<w:strike/>"
    if turn % 7 == 0:
        gone = _deleted_line(line)
        yield _paragraph(Line([run._replace(properties=strike) for run in gone.runs], gone.properties))
    cut = _split_word(line, turn)
    if cut is None or turn % 2:
        yield _paragraph(line)
        return
    before, word, after = cut
    old, new = _wrong(word), word._replace(properties=word.properties.replace("<w:b/>", "") + "<w:b/>")
    yield _paragraph(Line([*before, old._replace(properties=old.properties + strike), new, *after], line.properties))


# The package


def _styles() -> str:
    """Return the content of ``styles.xml``: those of Word, and those of the templates of the United Nations."""

    def style(identifier: str, name: str, more: str = "", kind: str = "paragraph") -> str:
        default = ' w:default="1"' if identifier == "Normal" else ""
        return f'<w:style w:type="{kind}"{default} w:styleId="{identifier}"><w:name w:val="{name}"/>{more}</w:style>'

    headings = "".join(
        style(f"Heading{level}", f"heading {level}", f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr>')
        + style(f"H{level}", f"_ H_{level}_G", "<w:rPr><w:b/></w:rPr>")
        for level in range(1, 7)
    )
    return style("Normal", "Normal") + headings + style("Note", "footnote text") + style("Quote", "Quote")


def _package(body: str, parts: Mapping[str, str]) -> bytes:
    roots = {"header1": "hdr", "header2": "hdr"}
    kinds = {"header1": "header", "header2": "header"}
    relations = "".join(
        f'<Relationship Id="{name}" Type="{R}/{kinds.get(name, name)}" Target="{name}.xml"/>' for name in parts
    )
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kinds.get(name, name)}+xml"/>' for name in parts
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": _part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        **{f"word/{name}.xml": _part(roots.get(name, name), inner) for name, inner in parts.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), head + text)
    return out.getvalue()


def _part(root: str, inner: str) -> str:
    return f'<w:{root} xmlns:w="{W}" xmlns:r="{R}">{inner}</w:{root}>'
