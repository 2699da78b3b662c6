"""To whom a mentioned agenda item, meeting, section, paragraph, annex … belongs: the report itself or somebody else."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from typing import NamedTuple

from reportlint.document.letters import UPPER
from reportlint.document.on_access import MadeOnAccess
from reportlint.facts.abbreviations import SpelledOut
from reportlint.facts.front import FrontLines
from reportlint.facts.masthead import Masthead
from reportlint.facts.title import Title
from reportlint.knowledge.house_data import StatedMeeting
from reportlint.knowledge.registers import Bodies
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.language.phrases import Match, skip_spaces
from reportlint.structure import Mention, Passage, Role, Structure
from reportlint.symbols.model import ComponentKind

# Kinds of places that a report and its decisions have alike.
_PARTS_OF_DECISIONS = frozenset({"annex", "appendix", "table", "figure"})
# How many characters before a reference its document may be named. Paragraphs belong to the instrument that the
# sentence is about.
_REACH = {"paragraph": 300}
_USUAL_REACH = 70
_BEGINNING = 20
_MOST_CONTAINERS = 3
_LONGEST_NAME = 80
_LAST_WORDS = 3  # words of a name that tell it from others
_BRACKET = re.compile(r"\s?\((?P<inside>[^()]{0,120}(?:\([^()]{0,40}\)[^()]{0,120})?)\)")
_SHORT = r"(?-i:[A-Z](?<![\w/.-][A-Z])[A-Za-z]{0,2}[A-Z][A-Za-z0-9]{0,12}(?:[/-][A-Z][A-Za-z0-9-]{1,12})*)"
# "CANAL 52", "SBSTA/SBI 52–55": an abbreviation with the numbers of sessions.
_DESIGNATOR = re.compile(rf"(?P<short>{_SHORT})\s(?P<first>\d{{1,3}})(?:\s?[–—-]\s?(?P<last>\d{{1,3}}))?(?![\w/.-])")
# Not a word of a heading in capitals: "AGENDA ITEM 2".
_ABBREVIATION = re.compile(rf"{_SHORT}(?![\w/.-])(?!\s[{UPPER}]{{4}})")
_CAPITALISED = rf"[{UPPER}][\w'’-]*"
_NAME_BEFORE = re.compile(rf"(?:{_CAPITALISED}\s){{1,6}}$")
_FOLLOWING = re.compile(r"\s*(?P<word>[^ ]*)")
_WORD = re.compile(r"[^\W_]+")


class Whose(Enum):
    """To whom a mention belongs. ``UNSAID``: the words do not say, so that it may be the report's."""

    UNSAID = "unsaid"
    REPORT = "report"
    OTHER = "other"


# In Python 3.11, looking up a member of an enumeration takes long.
_UNSAID, _REPORT, _OTHER = Whose.UNSAID, Whose.REPORT, Whose.OTHER
_HEADING = Role.HEADING


class Owner(NamedTuple):
    """The owner of a mention.

    ``words`` are the words that name it, if any. ``end`` is the offset in the passage after the mention and what
    follows it to name the owner.
    """

    whose: Whose
    end: int
    words: Mention | None = None

    @property
    def is_other(self) -> bool:
        return self.whose is _OTHER


class BodyName(NamedTuple):
    """The name of a body in a passage.

    ``is_ours``: it is the body that reports. ``is_session``: a session is named with it ("CANAL 52").
    """

    mention: Mention
    is_ours: bool
    is_session: bool = False
    is_organ: bool = False


@dataclass(frozen=True, eq=False)
class Owners:
    """Reads the owner of a mention from the words around it.

    ``names`` is the text that names the body that reports, in lower case; ``bare`` are the names in it that nothing
    follows ("committee", not "committee on cables"); ``short`` are the abbreviations of the body; ``organs`` are all
    abbreviations that the draft defines by the name of an organ; ``sessions`` are the numbers of the session reported
    on; ``decisions`` are the numbers of the decisions that the draft reproduces, in their headings. All are empty if
    the draft does not state them.
    """

    lexicon: Lexicon
    bodies: Bodies
    names: str = ""
    bare: frozenset[str] = frozenset()
    short: frozenset[str] = frozenset()
    organs: frozenset[str] = frozenset()
    sessions: frozenset[int] = frozenset()
    decisions: Sequence[Mention] = ()

    @cached_property
    def _names_by_passage(self) -> dict[int, tuple[list[int], list[BodyName]]]:
        """The names of the passage searched last, with their ends: passages are searched one after the other."""
        return {}

    @cached_property
    def _reproduced(self) -> frozenset[str]:
        return frozenset(mention.text for mention in self.decisions)

    # -- agenda items --------------------------------------------------------------------------------------------

    def of_item(self, passage: Passage, start: int, end: int) -> Owner:
        """Return the owner of the agenda item mentioned at a range of a passage."""
        agenda = self._agenda_after(passage, end)
        position = agenda.end() if agenda else end
        link = self.lexicon.phrases("owner_agenda_link" if agenda else "owner_of").match_at(passage, position)
        if link:
            owner = self._named_after(passage, link, is_sure=agenda is not None)
            if owner.whose is not _UNSAID:
                return owner
        held = self.lexicon.phrases("owner_at_session").match_at(passage, position)
        if held and self._is_other_session(held["ordinals"]):
            return Owner(_OTHER, position, Mention(passage, *held.span()))
        possessive = agenda and self.lexicon.phrases("owner_its").search(passage, agenda.start(), agenda.end())
        before = self._before_item(passage, start, possessive is not None)
        if before:
            return before._replace(end=position)
        return Owner(_REPORT if agenda else _UNSAID, position)

    def _agenda_after(self, passage: Passage, end: int) -> Match | None:
        """Return the match of "of the agenda" after an item; its title may stand between, quoted or in brackets."""
        titled = self.lexicon.phrases("title_introduced").match_at(passage, end)
        bracket = _BRACKET.match(passage.text, end)
        offsets = (end, titled.end("quoted") if titled else end, bracket.end() if bracket else end)
        family = self.lexicon.phrases("owner_agenda")
        return next(filter(None, (family.match_at(passage, offset) for offset in dict.fromkeys(offsets))), None)

    def _before_item(self, passage: Passage, start: int, is_possessive: bool) -> Owner | None:
        """Return the owner named before an item in its sentence. ``is_possessive``: the item is on "its" agenda."""
        lexicon = self.lexicon
        begin = passage.sentence(start)[0]
        other = lexicon.phrases("owner_other_session").search(passage, begin, start)
        if other:
            return Owner(_OTHER, start, Mention(passage, *other.span()))
        for numbered in lexicon.phrases("owner_agenda_session").finditer(passage, begin, start):
            if self._is_other_session(numbered["ordinals"]):
                return Owner(_OTHER, start, Mention(passage, *numbered.span()))
        for name in reversed(self.names_in(passage, begin, start)):
            is_adjacent = self._leads_to_item(passage, name, start)
            if name.is_ours:
                return Owner(_REPORT, start, name.mention) if is_adjacent else None
            if is_adjacent or self._acts(passage, name, is_possessive):
                return Owner(_OTHER, start, name.mention)
        return None

    def _leads_to_item(self, passage: Passage, name: BodyName, start: int) -> bool:
        """Return whether nothing but "agenda" and the like stands between the name of a body and an item."""
        end = name.mention.end
        if not passage.text[end:start].strip(" ," if name.is_session else " "):
            return True
        families = ["owner_item_lead"]
        families += ["owner_item_lead_session"] if name.is_session else []
        families += ["owner_item_lead_given"] if name.is_session or name.is_organ else []
        leads = filter(None, (self.lexicon.phrases(family).match_at(passage, end) for family in families))
        return any(not passage.text[lead.end() : start].strip() for lead in leads)

    def _acts(self, passage: Passage, name: BodyName, is_possessive: bool) -> bool:
        """Return whether a body does something, so that an item mentioned next is on its agenda."""
        if name.is_organ and not is_possessive and not self._is_parent(name):
            return False
        if not (name.is_organ or name.is_session or is_possessive):
            return False
        before = passage.text[max(0, name.mention.start - _BEGINNING) : name.mention.start]
        if name.is_organ and any(self._ends_with(family, before) for family in ("owner_of_any", "owner_of_the")):
            return False  # "the President of the Council introduced item 6"
        return self.lexicon.phrases("owner_acts").match_at(passage, name.mention.end) is not None

    def _is_parent(self, name: BodyName) -> bool:
        return self.lexicon.phrases("owner_parent").search(name.mention.text) is not None

    # -- meetings ------------------------------------------------------------------------------------------------

    def of_meeting(self, passage: Passage, start: int, end: int) -> Owner:
        """Return the owner of the meeting or meetings mentioned at a range of a passage."""
        link = self.lexicon.phrases("owner_of").match_at(passage, end)
        owner = self._named_after(passage, link) if link else Owner(_UNSAID, end)
        if owner.whose is _UNSAID and self.names:
            return self._subject_of(passage, start, end)
        return owner

    def of_count(self, passage: Passage, start: int) -> Owner:
        """Return the owner of the meetings whose number is stated at an offset: the subject before it."""
        return self._subject_before(passage, passage.sentence(start)[0], start)

    def _subject_of(self, passage: Passage, start: int, end: int) -> Owner:
        """Return the owner of a meeting by the body that is the subject, after the meeting or before it."""
        subject = self.lexicon.phrases("meeting_subject").match_at(passage, end)
        name = self.name_at(passage, subject.end()) if subject else None
        if name and name.mention.text[0].isupper() and (name.is_organ or self._is_its_subject(name, passage, start)):
            return Owner(_REPORT if name.is_ours else _OTHER, end, name.mention)
        begin = passage.sentence(start)[0]
        after = _FOLLOWING.match(passage.folded, subject.end()) if subject else None
        if after and after["word"] in self.lexicon.words("meetings", "pronouns"):
            begin = passage.sentence(max(0, begin - 1))[0]
        return self._subject_before(passage, begin, start)._replace(end=end)

    def _is_its_subject(self, name: BodyName, passage: Passage, start: int) -> bool:
        """Return whether "its" before a meeting means an abbreviation: "At its 15th meeting, TIDE had requested".

        Officers are no bodies.
        """
        before = passage.text[max(0, start - _BEGINNING) : start]
        return name.mention.text.isupper() and self._ends_with("owner_its", before)

    def _subject_before(self, passage: Passage, begin: int, start: int) -> Owner:
        group = self._group_before(passage, begin, start)
        names = self.names_in(passage, group.start() if group else begin, start)
        if group and not names:
            is_ours = f" {_plain(group.group().split()[0])} " in f" {self.names} "
            return Owner(_REPORT if is_ours else _OTHER, start, Mention(passage, *group.span()))
        name = names[-1] if names else None
        if name and not name.is_organ and not self._has_possessive(passage, name.mention.end, start):
            name = next((name for name in reversed(names) if name.is_organ), None)
        if name is None:
            return Owner(_UNSAID, start)
        return Owner(_REPORT if name.is_ours else _OTHER, start, name.mention)

    def _group_before(self, passage: Passage, begin: int, start: int) -> Match | None:
        """Return the words on a group in lower case that held a meeting: "the technical group held its"."""
        groups = self.lexicon.phrases("owner_group").finditer(passage, begin, start)
        return next(
            (group for group in groups if group.group()[0].islower() and not passage.text[group.end() : start].strip()),
            None,
        )

    def _has_possessive(self, passage: Passage, start: int, end: int) -> bool:
        """Return whether nothing but "at its" and the like stands between a name and a meeting."""
        match = self.lexicon.phrases("owner_possessive").match_at(passage, start)
        return match is not None and not passage.text[match.end() : end].strip()

    # -- places in documents -------------------------------------------------------------------------------------

    def of_place(self, passage: Passage, kind: str, start: int, end: int) -> Owner:
        """Return the owner of a section, paragraph, annex, table … mentioned at a range of a passage."""
        owner = self._after_place(passage, kind, end)
        if owner.whose is _UNSAID and self._is_in_other_document(passage, kind, start, end):
            return owner._replace(whose=_OTHER)
        return owner

    def _after_place(self, passage: Passage, kind: str, end: int) -> Owner:
        lexicon = self.lexicon
        position = end
        reports = ("owner_report", "owner_instrument") if kind in _PARTS_OF_DECISIONS else ("owner_report",)
        for _ in range(_MOST_CONTAINERS):
            more = _more(lexicon).match(passage.text, position)
            position = more.end() if more else position
            ours = next(filter(None, (lexicon.phrases(family).match_at(passage, position) for family in reports)), None)
            if ours:
                return Owner(_REPORT, ours.end(), Mention(passage, *ours.span()))
            container = lexicon.phrases("owner_container").match_at(passage, position)
            if container:
                position = container.end()
                continue
            other = lexicon.phrases("owner_document_after").match_at(passage, position)
            if other:
                return Owner(_OTHER, end, Mention(passage, *other.span()))
            part = lexicon.phrases("owner_part").match_at(passage, position)
            bracket = _BRACKET.match(passage.text, position)
            part = part or lexicon.phrases("owner_subparagraph").match_at(passage, position)
            if part:
                position = part.end()  # "section V, paragraph 61, of the Convention"
            elif bracket and any(
                lexicon.phrases(family).match_at(passage, bracket.end()) for family in ("owner_of_place", "owner_part")
            ):
                position = bracket.end()  # "section H (article 12) of the Convention"
            else:
                break
        return Owner(_UNSAID, end)

    def _is_in_other_document(self, passage: Passage, kind: str, start: int, end: int) -> bool:
        """Return whether words before a reference name another document.

        The word of the reference itself does not count: "decisions. Decisions 1 to 6 …".
        """
        lexicon, text = self.lexicon, passage.text
        before = text[max(_reach_start(passage, start), start - _REACH.get(kind, _USUAL_REACH)) : start]
        kindred = text[start:end].casefold()
        documents = [
            match.span()
            for match in lexicon.phrases("owner_document").finditer(before)
            if not kindred.startswith(match.group().casefold())
        ]
        if not documents and "/" not in before:
            return False  # true of most references
        if kind in _PARTS_OF_DECISIONS and not self._is_in_decision(before):
            cited = lexicon.phrases("owner_decision")
            documents = [span for span in documents if not cited.match_at(before, span[0])]
            before = _numbers(lexicon).sub("", before)
        return bool(documents) or "/" in before

    def _is_in_decision(self, before: str) -> bool:
        """Return whether a decision named in the text before a reference owns the place.

        It does unless the text says "see", or the draft reproduces the decision. Beside the number of a decision, or
        after "its", the place is always that decision's: "decision 5/3, annex I".
        """
        numbers = [match.span() for match in _numbers(self.lexicon).finditer(before)]
        reproduced = bool(numbers) and all(before[slice(*span)] in self._reproduced for span in numbers)
        between = before[numbers[-1][1] :].strip() if numbers else ""
        if numbers and not between.strip(" ,(") and not (reproduced and between == "("):
            return True
        if self._ends_with("owner_its", before):
            return True
        return not reproduced and not self._ends_with("owner_see", before)

    def _ends_with(self, family: str, before: str) -> bool:
        matches = list(self.lexicon.phrases(family).finditer(before))
        return bool(matches) and not before[matches[-1].end() :].strip()

    # -- reports -------------------------------------------------------------------------------------------------

    def of_report(self, passage: Passage, end: int) -> Owner:
        """Return the owner of a report mentioned in words that end at an offset: "the report of the Bureau".

        If the head of the document names no body, a body named before in the sentence reports, and any other does not:
        "the Committee adopted the report of the Bureau".
        """
        link = self.lexicon.phrases("owner_of").match_at(passage, end)
        owner = self._named_after(passage, link) if link else Owner(_UNSAID, end)
        if owner.whose is _REPORT and owner.words and not self.names:
            before = self.names_in(passage, passage.sentence(end)[0], end)
            if before and before[-1].mention.text != owner.words.text:
                return owner._replace(whose=_OTHER)
        return owner

    # -- names ---------------------------------------------------------------------------------------------------

    def _named_after(self, passage: Passage, link: Match, is_sure: bool = False) -> Owner:
        """Return the owner named after words that lead to it.

        ``is_sure``: the words lead to an owner whatever it is called.
        """
        lexicon, position = self.lexicon, link.end()
        session = lexicon.phrases("owner_session").match_at(passage, position)
        if session:
            further = lexicon.phrases("owner_of").match_at(passage, session.end())
            body = self.name_at(passage, further.end()) if further else None
            if body and not body.is_ours:
                return Owner(_OTHER, body.mention.end, body.mention)
            whose = _OTHER if self._is_other_session(session["ordinals"]) else _REPORT
            return Owner(whose, session.end(), Mention(passage, *session.span()))
        if lexicon.phrases("owner_none").match_at(passage, position):
            return Owner(_UNSAID, link.start())
        present = lexicon.phrases("owner_this_session").match_at(passage, position)
        if present:
            return Owner(_REPORT, present.end(), Mention(passage, *present.span()))
        name = self.name_at(passage, position)
        if name:
            return Owner(_REPORT if name.is_ours else _OTHER, name.mention.end, name.mention)
        if is_sure or lexicon.phrases("owner_of_any").match_at(passage, link.start()):
            return Owner(_OTHER, link.end(), Mention(passage, *link.span()))
        return Owner(_UNSAID, link.start())

    def name_at(self, passage: Passage, position: int) -> BodyName | None:
        """Return the name of a body that begins at an offset, after an article: any words in capitals."""
        text = passage.text
        article = _article(self.lexicon).match(text, position)
        position = skip_spaces(text, article.end() if article else position)
        designator = _DESIGNATOR.match(text, position)
        if designator:
            return self._designated(passage, designator)
        short = _ABBREVIATION.match(text, position)
        if short:
            return self._abbreviated(passage, short)
        organ = self.lexicon.phrases("organ").match_at(passage, position)
        if organ:
            return self._organ(passage, organ, organ.start())
        named = _name(self.lexicon).match(text, position)
        if named is None:
            return None
        organ = self.lexicon.phrases("organ").search(passage, *named.span())
        if organ and _NAME_BEFORE.fullmatch(text, named.start(), organ.start()):
            return self._organ(passage, organ, named.start())
        return BodyName(Mention(passage, *named.span()), self._is_ours(named.group(), ""))

    def names_in(self, passage: Passage, start: int, end: int) -> tuple[BodyName, ...]:
        """Return the names of bodies that begin and end in a range: organs in capitals, and abbreviations, in order."""
        known = self._names_by_passage.get(passage.index)
        if known is None:
            found = sorted(self._all_names(passage), key=lambda name: name.mention.end)
            known = [name.mention.end for name in found], found
            self._names_by_passage.clear()
            self._names_by_passage[passage.index] = known
        ends, names = known
        within = names[bisect_left(ends, start) : bisect_right(ends, end)]
        return tuple(name for name in within if name.mention.start >= start)

    def _all_names(self, passage: Passage) -> Iterator[BodyName]:
        text = passage.text
        designated = {match.start(): match for match in _DESIGNATOR.finditer(text)}
        yield from (self._designated(passage, match) for match in designated.values())
        for short in _ABBREVIATION.finditer(text):
            if short.start() not in designated:
                yield self._abbreviated(passage, short)
        for organ in self.lexicon.phrases("organ").finditer(passage):
            if not organ.group()[0].isupper():
                continue
            opening = skip_spaces(text, passage.sentence(organ.start())[0])
            before = _NAME_BEFORE.search(text, max(opening, organ.start() - _LONGEST_NAME), organ.start())
            begin = before.start() if before else organ.start()
            article = _article(self.lexicon).match(text, begin, organ.start())
            begin = article.end() if article else begin
            if begin == opening and begin < organ.start():
                # The capital of the first word is that of the sentence: "Under Committee rules".
                begin = text.index(" ", begin) + 1
            yield self._organ(passage, organ, begin)

    def _abbreviated(self, passage: Passage, short: re.Match[str]) -> BodyName:
        """Return the name that is an abbreviation; it is an organ's if the draft defines it so."""
        is_organ = short.group() in self.organs
        return BodyName(Mention(passage, *short.span()), self._is_our_abbreviation(short.group()), is_organ=is_organ)

    def _designated(self, passage: Passage, match: re.Match[str]) -> BodyName:
        """Return the name of a session: "CANAL 52–55"."""
        first, last = int(match["first"]), int(match["last"] or match["first"])
        is_ours = self._is_our_abbreviation(match["short"]) and (
            not self.sessions or not self.sessions.isdisjoint(range(first, last + 1))
        )
        return BodyName(Mention(passage, *match.span()), is_ours, is_session=True)

    def _organ(self, passage: Passage, organ: Match, begin: int) -> BodyName:
        """Return the name that begins at an offset, holds the word for an organ and may go on after it."""
        longer = _extension(self.lexicon).match(passage.text, organ.end())
        bare = passage.text[begin : organ.end()]
        extension = longer.group() if longer else ""
        end = longer.end() if longer else organ.end()
        joined = _joined(self.lexicon).match(passage.text, end) if longer and self.names else None
        if joined and self._is_in_head(passage.text[begin : joined.end()]):
            end, extension = joined.end(), extension + joined.group()
        # Without a title, a name of several words in capitals is that of a body beside the one that reports.
        is_ours = self._is_ours(bare, extension) and bool(self.names or begin == organ.start())
        return BodyName(Mention(passage, begin, end), is_ours, is_organ=True)

    def _is_ours(self, name: str, extension: str) -> bool:
        """Return whether a name is that of the body that reports, in full or shortened.

        If the head of the document names no body, every body is ours that is not in the register.
        """
        if not self.names:
            return self.bodies.by_name(name + extension, self.lexicon.code) is None
        if extension and _plain(name) in self.bare:
            return True
        return self._is_in_head(name + extension)

    def _is_in_head(self, name: str) -> bool:
        return f" {_plain(name)} " in f" {self.names} "

    def _is_our_abbreviation(self, short: str) -> bool:
        return any(part in self.short for part in short.split("/"))

    def _is_other_session(self, ordinals: str) -> bool:
        return self.sessions.isdisjoint(self.lexicon.read_numbers(ordinals))


def owners(
    structure: Structure,
    lexicon: Lexicon,
    front: FrontLines,
    title: Title,
    masthead: Masthead,
    spelled_out: SpelledOut,
    bodies: Bodies,
    known: StatedMeeting,
) -> Owners:
    """Collect the names of the body that reports and the numbers of the session reported on.

    They stand in the title and the lines after it, or, if these name no body, in all lines before the text.
    """
    lines = [line.text for line in front.lines]
    after = [line.text for line in front.lines if title.mention and line.span.start >= title.mention.span.start]
    organ = lexicon.phrases("organ")
    named = after if any(organ.search(line) for line in after) else lines
    stated = "" if organ.search(title.text) else known.body or ""
    text = " ".join([*named, stated])
    numbered = [*lexicon.phrases("owner_session").finditer(text), *lexicon.phrases("session_named").finditer(text)]
    sessions = {number for match in numbered for number in lexicon.read_numbers(match["ordinals"])}
    extended = [(match, _extension(lexicon).match(text, match.end())) for match in organ.finditer(text)]
    bare = {_plain(match.group()) for match, extension in extended if extension is None}
    names = _plain(text)
    short = {
        definition.short
        for definition in spelled_out.definitions
        if (words := _plain(definition.name).split()) and f" {' '.join(words[-_LAST_WORDS:])} " in f" {names} "
    }
    short |= {match.body.names[lexicon.code].abbreviation or "" for match in bodies.find(text, lexicon.code)}
    for match, extension in extended:
        before = _NAME_BEFORE.search(text, 0, match.start())
        short.add(_initials(text[before.start() if before else match.start() : match.end()]))
        short.add(_initials(text[before.start() if before else match.start() : (extension or match).end()]))
    if masthead.symbol and masthead.symbol.of_kind(ComponentKind.BODY):
        short.add(masthead.symbol.of_kind(ComponentKind.BODY)[-1].name)
    if known.session:
        sessions.add(known.session)
    return Owners(
        lexicon,
        bodies,
        names,
        frozenset(bare),
        frozenset(short - {""}),
        frozenset(definition.short for definition in spelled_out.definitions if organ.search(definition.name)),
        frozenset(sessions),
        _reproduced(structure, lexicon),
    )


def _initials(name: str) -> str:
    """Return the initials of the words in capitals; "" if they are too few for an abbreviation."""
    initials = "".join(word[0] for word in _WORD.findall(name) if word[0].isupper())
    return initials if len(initials) > 2 else ""


def _reproduced(structure: Structure, lexicon: Lexicon) -> Sequence[Mention]:
    """Return the numbers of decisions and resolutions with which headings begin: "Decision 6/1. Cables".

    Each is read again when it is needed: a draft may consist of decisions.
    """
    family = lexicon.phrases("owner_decision")

    def number(passage: Passage) -> re.Match[str] | None:
        word = family.match_at(passage, 0)
        return _numbers(lexicon).match(passage.text, word.end() + 1) if word else None

    def mention(passage: Passage) -> Mention:
        found = number(passage)
        assert found is not None
        return Mention(passage, *found.span())

    headings = [
        passage
        for passage in structure.checked_passages(family)
        if (passage.role is _HEADING or passage.labelled is not None) and number(passage)
    ]
    return MadeOnAccess(mention, headings)


def _plain(name: str) -> str:
    """Return the words of a name in lower case."""
    return " ".join(_WORD.findall(name.casefold()))


def _reach_start(passage: Passage, offset: int) -> int:
    """Return the offset from which words may name the document of a reference at ``offset``.

    This is the beginning of the sentence. If the reference begins the sentence ("Paragraphs 33 to 35 dealt with …"),
    it is the beginning of the sentence before, which may name the document.
    """
    start = passage.sentence(offset)[0]
    return passage.sentence(max(0, start - 1))[0] if offset - start < _BEGINNING else start


@lru_cache(maxsize=8)
def _numbers(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of the numbers of resolutions and decisions."""
    return re.compile(lexicon.slots["resolutions"], re.IGNORECASE)


@lru_cache(maxsize=8)
def _more(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of more numbers and letters after a reference: "(a)–(c) and 131 (b) and (d)"."""
    join = alternation(word for kind in ("and", "or", "to") for word in lexicon.words("lists", kind))
    separator = rf"(?:\s?[,–—-]\s?|,?\s(?:{join})\s|\s?)"
    letters = r"\(?[a-z]{1,4}(?:\s?[–—-]\s?[a-z]{1,4})?\)"
    number = rf"(?:\s?[,–—-]\s?|,?\s(?:{join})\s)\d{{1,4}}(?![\w/]|\.\d)"
    return re.compile(rf"(?:{separator}{letters}|{number})+")


@lru_cache(maxsize=8)
def _article(lexicon: Lexicon) -> re.Pattern[str]:
    words = alternation(lexicon.words("lists", "before_name"))
    return re.compile(rf"\s*(?:{words})(?:\s+|(?<=['’]))", re.IGNORECASE)


@lru_cache(maxsize=8)
def _name(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of a name: words in capitals and the short words between them."""
    links = alternation(lexicon.words("owners", "name_links"))
    return re.compile(rf"{_CAPITALISED}(?:\s(?:(?:{links})(?:\s|(?<=['’])))?{_CAPITALISED}){{0,8}}")


@lru_cache(maxsize=8)
def _joined(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of a second part of a name: "and Tourist Lamps" after "the Committee on Harbour"."""
    return re.compile(rf"\s(?:{alternation(lexicon.words('lists', 'and'))})(?:\s{_CAPITALISED}){{1,8}}")


@lru_cache(maxsize=8)
def _extension(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of what may follow the word for an organ in its name: "on Mountain Ropeways"."""
    links = alternation(lexicon.words("owners", "name_links"))
    any_links = alternation(lexicon.words("owners", "name_links_any"))
    no_name = alternation([*lexicon.words("dates", "months"), *lexicon.words("dates", "weekdays")])
    capitals = rf"(?:(?:{links})(?:\s|(?<=['’])))?(?!(?i:{no_name})\b){_CAPITALISED}"
    return re.compile(
        rf"\s(?:{links})(?:\s|(?<=['’]))(?!(?i:{no_name})\b){_CAPITALISED}(?:\s{capitals}){{0,8}}"
        rf"|\s(?:{any_links})\s[^\W\d_]+(?:\s(?!(?i:{no_name})\b){_CAPITALISED})*"
    )
