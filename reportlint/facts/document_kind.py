"""The kind of the document, with the evidence for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from reportlint.document import Document
from reportlint.facts.front import FrontLines, first_line
from reportlint.facts.masthead import Masthead
from reportlint.facts.title import Title
from reportlint.knowledge.house_data import StatedKind
from reportlint.knowledge.levels import DocumentKind
from reportlint.language.lexicon import Lexicon
from reportlint.language.phrases import PhraseFamily
from reportlint.structure import Mention, Passage, Role, Structure, Style, opens_decision
from reportlint.symbols.model import Trait

_FEWEST = 6  # numbered paragraphs that make a document of the United Nations without labelled headings
_OPENING = 40  # passages of the body in which the first headings are searched
# The phrases of which each is one sign of a report on a meeting.
_SENTENCES = (
    "session_opening", "attendance", "agenda_adopted", "adoption", "meeting", "speakers", "meeting_count",
    "stated_persons",
)  # fmt: skip
_ARTICLES = 5  # fewest articles of an instrument
_LONGEST_HEADING = 120  # characters of the heading of an article
_BY_SYMBOL = {Trait.SUMMARY_RECORD: DocumentKind.SUMMARY_RECORD, Trait.DECISIONS: DocumentKind.DECISIONS}
_PLAIN_TEXT = "text"


class KindOfDocument(NamedTuple):
    """The kind of the document; ``evidence`` are the words that show it, if any words do.

    ``is_certain`` is true if the title, the masthead, the configuration, or a section on the organization of a session
    below them says so; otherwise sentences alone do.
    """

    kind: DocumentKind
    evidence: Mention | None = None
    is_certain: bool = False

    def is_one_of(self, *kinds: DocumentKind) -> bool:
        return self.kind in kinds

    @property
    def is_part(self) -> bool:
        """Whether this is a part of a document: its series may begin anywhere, and other parts hold the rest."""
        return self.kind is DocumentKind.PART

    @property
    def is_legal_text(self) -> bool:
        """Whether the text cites articles and paragraphs of instruments without naming them.

        Decisions and instruments do, and other documents known by their titles, such as opinions.
        """
        return self.is_one_of(DocumentKind.DECISIONS, DocumentKind.INSTRUMENT) or (
            self.kind is DocumentKind.OTHER and self.evidence is not None
        )


# What the words of a title say, except those of a report and of other documents.
_TITLED = {
    "summary_record": DocumentKind.SUMMARY_RECORD,
    "agenda": DocumentKind.AGENDA,
    "decisions": DocumentKind.DECISIONS,
    "submission": DocumentKind.SUBMISSION,
    "instrument": DocumentKind.INSTRUMENT,
}


def document_kind(
    structure: Structure,
    lexicon: Lexicon,
    front: FrontLines,
    masthead: Masthead,
    title: Title,
    stated: StatedKind,
    document: Document,
) -> KindOfDocument:
    """Recognize the kind of the document by its masthead and title, else by its sections and sentences.

    A kind from the configuration applies to every document.
    """
    if stated.kind:
        return KindOfDocument(DocumentKind(stated.kind), None, True)
    if (
        not masthead.recognised
        and not (title.mention and structure.paragraphs)
        and not _has_numbers(structure, document)
    ):
        return KindOfDocument(DocumentKind.NOT_UN)
    for trait, kind in _BY_SYMBOL.items():
        if masthead.symbol and masthead.symbol.has(trait):
            return KindOfDocument(kind, _line_of_symbol(front, masthead), True)
    part = _sign_of_part(structure, lexicon, front, masthead)
    articles = _sign_of_instrument(structure, lexicon) if title.says != "report" else None
    if articles:
        return KindOfDocument(DocumentKind.INSTRUMENT, articles, True)
    decisions = _sign_of_decisions(structure, lexicon, front)
    is_above = decisions and title.span and decisions.span.end <= title.span.start
    if decisions and (part or is_above or title.is_of_item or title.says in ("decisions", "instrument", "other", "")):
        return KindOfDocument(DocumentKind.DECISIONS, decisions, True)
    if title.says in _TITLED:
        return KindOfDocument(_TITLED[title.says], title.mention, True)
    if part:
        return KindOfDocument(DocumentKind.PART, part, True)
    later = _later_beginning(structure, lexicon)
    if title.says == "report":
        return KindOfDocument(*((DocumentKind.PART, later) if later else (DocumentKind.REPORT, title.mention)), True)
    # An excerpt begins with its first paragraph: one sign is enough.
    needed = 3 if title.says == "other" else 2 if front.lines else 1
    signs = list(islice(_signs_of_report(structure, lexicon), needed))
    if len(signs) == needed:
        is_certain = bool(front.lines) and signs[0].passage.role is Role.HEADING
        return KindOfDocument(DocumentKind.REPORT, signs[0], is_certain)
    return KindOfDocument(DocumentKind.PART, later) if later else KindOfDocument(DocumentKind.OTHER, title.mention)


def _has_numbers(structure: Structure, document: Document) -> bool:
    """Return whether a large part of the document consists of numbered paragraphs (4 or 4.2).

    In plain text, headings with such decimal numbers count too, because what stands below them is not numbered.
    If no heading is labelled, a few numbered lines may be a list of steps and are not enough.
    """
    numbered = [
        entry
        for series in (*structure.paragraphs, *structure.decimals)
        for entry in series.entries
        if len(structure.passages[entry.passage].text) > 20
    ]
    count = len(numbered) + len(structure.labelled)
    if document.format == _PLAIN_TEXT:
        count += sum(
            section.label is not None and section.label.style is Style.DECIMAL for section in structure.sections
        )
    if structure.sections and not any(section.name for section in structure.sections) and count < _FEWEST:
        return False
    return count > 0 and count * 6 >= len(structure.passages)


def _sign_of_part(structure: Structure, lexicon: Lexicon, front: FrontLines, masthead: Masthead) -> Mention | None:
    """Return the words that make this a part of a document: Add. in the symbol, "Addendum" or "(continued)"."""
    if masthead.symbol and masthead.symbol.has(Trait.PART):
        return _line_of_symbol(front, masthead)
    family, continued = lexicon.phrases("part_of_document"), lexicon.phrases("continued")
    for line in (*front.lines, *_first_headings(structure)):
        match = family.search(line.text) or continued.search(line.text)
        # "(continued)", in brackets, is a remark; the word alone may be part of a title.
        if match and (family.search(line.text) or line.text[: match.start()].rstrip(" *_").endswith("(")):
            return line.part(*match.span())
    return None


def _line_of_symbol(front: FrontLines, masthead: Masthead) -> Mention | None:
    symbol = masthead.symbol_mention
    return next((line for line in front.lines if symbol and line.holds(symbol)), None)


def _sign_of_decisions(structure: Structure, lexicon: Lexicon, front: FrontLines) -> Mention | None:
    """Return the line before the body, or the first heading, that announces decisions or resolutions.

    A draft resolution may show it only by the line of its sponsors, or by the organ that opens it.
    """
    family, numbered = lexicon.phrases("decisions_title"), lexicon.phrases("decision_heading")
    for line in (*front.lines, *_first_headings(structure)):
        if family.search(line.text) or numbered.search(line.text) or _ends_with(line, lexicon.phrases("proposal")):
            return line
    body = [first_line(passage) for passage in structure.passages[structure.body_start :][:1]]
    return next((line for line in (*front.lines, *body) if opens_decision(line.text, lexicon)), None)


def _ends_with(line: Mention, family: PhraseFamily) -> bool:
    text = line.text.rstrip(" *")
    return any(match.end() == len(text) for match in family.finditer(text))


def _sign_of_instrument(structure: Structure, lexicon: Lexicon) -> Mention | None:
    """Return the heading of the first article, if articles are as many as other labelled headings."""
    family = lexicon.phrases("article_heading")
    short = [passage for passage in structure.checked_passages(family) if len(passage.text) < _LONGEST_HEADING]
    articles = [passage for passage in short if family.search(_whole_line(passage))]
    if len(articles) < max(_ARTICLES, sum(section.label is not None for section in structure.sections) // 2):
        return None
    return Mention.of(articles[0])


def _whole_line(passage: Passage) -> str:
    """Return the text of a heading with its label."""
    label = passage.block.enumerator.text if passage.block.enumerator else ""
    return passage.text if passage.text.startswith(label) else f"{label} {passage.text}"


def _later_beginning(structure: Structure, lexicon: Lexicon) -> Mention | None:
    """Return the first label of a chapter: a heading and a paragraph that are not the first of their series.

    A text that begins with the opening of the session is a whole report whose first labels are wrong.
    """
    section = next((section for section in structure.sections if section.label), None)
    entry = structure.paragraphs[0].entries[0] if structure.paragraphs else None
    if section is None or section.label is None or entry is None or section.is_annex:
        return None
    if section.label.value == 1 or entry.label.value == 1 or lexicon.phrases("report_section").search(section.title):
        return None
    heading = structure.passages[section.passage]
    return Mention.of(heading)


def _first_headings(structure: Structure) -> list[Mention]:
    """Return the first headings of the body, up to its first paragraph."""
    headings: list[Mention] = []
    for passage in structure.passages[structure.body_start :][:_OPENING]:
        if passage.role is Role.HEADING:
            headings.append(Mention.of(passage))
        elif passage.is_checked:
            break
    return headings


def _signs_of_report(structure: Structure, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield one sign of each sort that the document reports on a meeting: headings and sentences."""
    for section in structure.sections_titled(lexicon.phrases("report_section")):
        if not section.is_annex:
            heading = structure.passages[section.passage]
            yield Mention.of(heading)
            break
    for name in _SENTENCES:
        family = lexicon.phrases(name)
        for passage in structure.checked_passages(family):
            if passage.role in (Role.NOTE, Role.HEADING):
                continue
            match = family.search(passage)
            if match and not passage.is_quoted(match.start()):
                yield Mention(passage, match.start(), match.end())
                break
