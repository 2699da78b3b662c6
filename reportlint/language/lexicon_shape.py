"""What a lexicon must contain. Only what reads ``rules/lexicons/<code>.yaml`` imports this; a wheel has it compiled.

A new key is one name here: a phrase in ``_PHRASES``, a word or text in the section that it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Any, Literal, NamedTuple

from reportlint.errors import Mistake
from reportlint.knowledge.data_file import DataFile
from reportlint.knowledge.declared import (
    INVALID,
    Accepts,
    At,
    Field,
    Matches,
    OneOf,
    Record,
    plan_of,
    read_declared,
    record,
)
from reportlint.knowledge.levels import Confidence, Severity, Stage
from reportlint.knowledge.suggestions import did_you_mean
from reportlint.language.dates import DAY_FIRST, ORDERS
from reportlint.language.lexicon import SLOTS
from reportlint.language.phrases import PhraseError, compile_phrase

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NAME = re.compile(r"(?P<name>[\w-]+)(?:\{(?P<fields>[\w,]+)\})?")
_ANY_SLOTS = dict.fromkeys(SLOTS, "x")

_PHRASES = """
    report_title agenda_title summary_record_title decisions_title proposal decision_opening decision_heading
    submission_title instrument_title other_title part_of_document continued article_heading report_section
    session_held session_named title_session session_itself session_covered session_opened_on session_closed
    session_closed_on session_closed_further session_opening session_resumed sessions_since sessions_before
    session_in_figures
    meeting meeting_in_words meeting_date organ meeting_subject meeting_date_after_clause meeting_date_after_chair
    meeting_date_before meeting_joint
    informal_meetings informal_meetings_elsewhere meeting_count meeting_count_elsewhere
    agenda_adopted agenda_below agenda_to_come agenda_heading agenda_item_label agenda_listed agenda_reference
    masthead_item agenda_formal recommendations_title title_introduced title_continued
    adoption adoption_under_title adoption_entrusted adoption_of_decisions adoption_elsewhere adoption_report
    adoption_of_part adoption_of_sections adoption_within adoption_credentials adoption_afterwards adoption_title
    adoption_title_near report_not_adopted told_as_past advance_text not_adopted not_adopted_subject summary_title
    paragraph_reference resolution_reference decision_reference decision_adopted resolution_session
    resolution_session_before resolution_date general_assembly resolution_assembly resolution_council resolution_title
    documents_announced documents_title documents_before documents_earlier
    section_reference chapter subsection chapter_section section_subsection subsection_section
    recommendation_reference conclusion_reference action_reference annex_reference appendix_reference
    bare_appendix_reference table_reference figure_reference footnote_reference reference_foreign reference_above
    reference_below
    owner_of owner_of_any owner_of_the owner_none owner_this_session owner_session owner_other_session
    owner_at_session owner_agenda_session owner_agenda owner_agenda_link owner_item_lead owner_item_lead_session
    owner_item_lead_given owner_acts owner_parent owner_possessive owner_group owner_its owner_see owner_report
    owner_instrument owner_subparagraph owner_part owner_of_place owner_container owner_document_after owner_document
    owner_decision
    attendance attendance_title speakers speaker_names saying panel observer_names organization_words not_speaking
    on_behalf for_group placeholder placeholder_in_brackets placeholder_fields
    stated_states stated_persons stated_organizations stated_others stated_loosely other_order state_words
"""


def _phrase_fault(notation: str) -> str:
    try:
        compile_phrase(notation, _ANY_SLOTS)
    except PhraseError as error:
        return str(error)
    except RecursionError:
        return "the phrase nests alternatives too deep"
    return ""


Words = tuple[str, ...]
Notations = tuple[Annotated[str, Accepts(_phrase_fault)], ...]
Numbers = Mapping[str, int]


def _fills(fields: Iterable[str], text: str) -> str:
    """Return the message if a text has a placeholder that nothing fills, else ""."""
    known = sorted(fields)
    for name in _PLACEHOLDER.findall(text):
        if name not in known:
            near = did_you_mean(name, known) or (f" (known fields: {', '.join(known)})" if known else "")
            return f"unknown field “{{{name}}}” in a text{near}"
    return ""


class _Forms(NamedTuple):
    """A list holds the forms of a text: as many as the language has."""


def _texts(names: str, *, of_forms: bool = False) -> dict[str, Field]:
    """Return the fields of texts: "files summary{count}" are two texts, of which one may contain "{count}".

    ``of_forms``: each is a list of the forms that numbers require.
    """
    fields: dict[str, Field] = {}
    for match in _NAME.finditer(names):
        filled = tuple((match["fields"] or "").split(",")) if match["fields"] else ()
        kind: Any = Annotated[str, Accepts(partial(_fills, filled))]
        fields[match["name"]] = Field(match["name"], Annotated[tuple[kind, ...], _Forms()] if of_forms else kind)
    return fields


def _of(words: Iterable[str], kind: Any = str) -> Field:
    names = " ".join(words)
    return Field("", Annotated[Mapping[str, Any], record(names, kind)])


_SEVERITIES = tuple(severity.value for severity in Severity)
_Family = Annotated[str, Matches("^[A-Z]{2,8}$", "is not a family of rules")]
_INTERFACE = Record(
    {
        **_texts(
            "summary{counts,files} nothing{files} nothing_found not_checked_because{reason} not_checked none_checked "
            "see line authority off severity confidence precision precision_found{true,findings,documents} "
            "precision_debatable{true,findings,debatable,documents} precision_unknown precision_none{documents} "
            "message reason overrides overridden not_for info_for fails passes words "
            "switched_off{kind,codes} suppression{by,reason,date,place}"
        ),
        **_texts("files suppressed{count} more_places{count} more_files{count} unlisted{count}", of_forms=True),
        "severities": _of(_SEVERITIES),
        "counts": _of(_SEVERITIES, Annotated[Words, _Forms()]),
        "letters": _of(_SEVERITIES),
        "stages": _of(stage.value for stage in Stage),
        "confidences": _of(confidence.value for confidence in Confidence),
        "suppressed_by": _of(("comment", "waivers", "baseline")),
        "unchecked": _of(("unreadable", "unknown-language", "not-a-un-document", "empty", "excluded")),
        "families": Field("families", Mapping[_Family, str]),
        "page": Field(
            "page",
            Annotated[
                Mapping[str, Any],
                Record(
                    _texts(
                        "skip files filters family shown{shown,total} previous next whole keys finding{number} "
                        "other_side{number} to_text{number} quoted{words} safe_fix unsafe_fix"
                    )
                ),
            ],
        ),
    }
)
_STATISTICS = Record(
    {
        **_texts("findings reports rule effort{drafts,size,known,processes,seconds}"),
        **_texts("drafts processes", of_forms=True),
    }
)
_CATEGORIES = ("outside", "signatory", "party", "member", "observer", "associate")
_REFERRED = ["paragraphs", "sections", "recommendations", "decisions", "annexes", "tables", "figures", "footnotes"]
_OUTLINE = Record(
    {
        **_texts(
            "none kind evidence{words} language date masthead symbol distribution dated original version sole event "
            "other_event body number place "
            "from_to{first,last} title sections untitled agenda referred{places} not_on_agenda{item} session meetings "
            "stated{number} no_date state_lists unknown_entries symbols malformed{symbol} adoption adopted whole "
            "not_adopted references footnotes marks notes abbreviations undefined"
        ),
        **_texts(
            "paragraphs{ranges} meeting{numbers} resumed_meeting{numbers} entries{count} uses{count}", of_forms=True
        ),
        "kinds": _of(
            ["report", "part", "decisions", "agenda", "summary_record", "submission", "instrument", "other", "not_un"]
        ),
        "roles": _of(("attendance", "speakers", "other")),
        "categories": _of(_CATEGORIES),
        "refers": Field(
            "refers",
            Annotated[
                Mapping[str, Any], Record(_texts(" ".join(f"{name}{{targets}}" for name in _REFERRED), of_forms=True))
            ],
        ),
    }
)
_LABELS = record(
    "",
    Words,
    "recommendation decision conclusion resolution action draft_decision draft_resolution part chapter section annex "
    "appendix table figure",
)
_WHERE = Record(
    _texts(
        " ".join(
            f"{name}{{label}}"
            for name in (
                "paragraph",
                "heading",
                "section",
                "annex",
                "footnote",
                "line",
                "recommendation",
                "masthead",
                "running_head",
            )
        )
    )
)
_Month = Annotated[int, Accepts(lambda number: "" if 1 <= number <= 12 else "a month is a number from 1 to 12")]
_Weekday = Annotated[int, Accepts(lambda number: "" if 0 <= number <= 6 else "a weekday is a number from 0 to 6")]
_SUFFIXES = Mapping[Annotated[str, Matches(r"^\d+$", "is not a number")], str]


_Language = Annotated[str, Matches("^[a-z]{2,3}$", "is not the code of a language (en)")]
_ABSENT: Any = None
_OF_MESSAGES = ("where", "statistics", "outline")
_MEETINGS = Record(
    {
        **record("", Words, "pronouns resumed").fields,
        "ordinals_in_words": Field("ordinals_in_words", bool, is_required=False),
    }
)
_ABBREVIATION = record(
    "",
    Words,
    "plural_suffixes formulas cited_by names_of introduced_by introduced_before articles indefinite_articles called "
    "named_things named_bodies subject_links",
)


@dataclass(frozen=True, kw_only=True)
class PluralRule:
    """The numbers that take a form: whole numbers or last digits, each list optional."""

    numbers: tuple[int, ...] | None = None
    last: tuple[int, ...] | None = None
    last_two: tuple[int, ...] | None = None
    not_last: tuple[int, ...] | None = None
    not_last_two: tuple[int, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Detection:
    words: Words


@dataclass(frozen=True, kw_only=True)
class NumberWords:
    words: Numbers
    ordinals: Numbers
    ordinal_suffixes: Words = ()
    joiner: Words = ()
    before_ordinal: Words = ()


@dataclass(frozen=True, kw_only=True)
class DateWords:
    months: Mapping[str, _Month]
    weekdays: Mapping[str, _Weekday] = field(default_factory=dict)
    order: Annotated[str, OneOf(ORDERS, "order of dates")] = DAY_FIRST
    links: Annotated[Mapping[str, Any], record("", Words, "month year")] = field(default_factory=dict)
    in_place: Words = ()
    no_months: Words = ()
    day_suffixes: Words = ()
    lead: Words = ()


@dataclass(frozen=True, kw_only=True)
class ListWords:
    and_: Words
    or_: Words
    to: Words
    quotes: tuple[tuple[str, str], ...]
    before_name: Words = ()
    also: Words = ()
    possessive: Words = ()
    lead: Words = ()
    announcing: Words = ()


@dataclass(frozen=True, kw_only=True)
class OrdinalForms:
    other: str
    whole: _SUFFIXES = field(default_factory=dict)
    last_two: _SUFFIXES = field(default_factory=dict)
    last: _SUFFIXES = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Formats:
    ordinals: OrdinalForms
    sub_item: Annotated[str, Accepts(partial(_fills, ("number", "sub")))]
    subparagraph: str
    date: Annotated[str, Accepts(partial(_fills, ("day", "month", "year")))]
    and_: str
    range: Annotated[str, Accepts(partial(_fills, ("first", "last")))]
    colon: str
    days: _SUFFIXES = field(default_factory=dict)
    list_ordinals: OrdinalForms | None = None
    ordinals_also: Mapping[Annotated[str, Matches(r"^\d+$", "is not a number")], Words] = field(default_factory=dict)
    ordinals_long: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ContentsWords:
    titles: Words = ()
    columns: Words = ()


@dataclass(frozen=True, kw_only=True)
class RegionWords:
    before: Words = ()
    after: Words = ()


@dataclass(frozen=True, kw_only=True)
class NameArticles:
    forms: Mapping[str, Words]
    without: Words
    elided: Words = ()
    vowels: str = ""
    hiding_gender: Words = ()
    dependent: Words = ()
    bare_after: Words = ()
    plural_verbs: Words = ()


@dataclass(frozen=True, kw_only=True)
class MastheadWords:
    distribution: Words = ()
    distributions: Annotated[Mapping[str, Any], record("", Words, "general limited restricted")] = _ABSENT
    original: Words = ()
    languages: Mapping[_Language, Words] = _ABSENT
    dated: Words = ()
    sole: Words = ()
    organization: Words = ()


@dataclass(frozen=True, kw_only=True)
class LexiconShape:
    """``lexicons/<code>.yaml``. Without an optional section, the rules that need its words are silent.

    A language whose lexicon has an ``interface`` is a language of messages, which needs all of their words.
    """

    language: _Language
    name: str
    detect: Detection
    numbers: NumberWords
    dates: DateWords
    lists: ListWords
    formats: Formats
    labels: Annotated[Mapping[str, Any], _LABELS]
    direction: Literal["ltr", "rtl"] = "ltr"
    plurals: tuple[PluralRule, ...] = ()
    abbreviations: Words = ()
    contents: ContentsWords = _ABSENT
    organization_nouns: Words = ()
    treaty_openings: Words = ()
    name_links: Words = ()
    regions: RegionWords = _ABSENT
    name_articles: NameArticles = _ABSENT
    units: Words = ()
    masthead: MastheadWords = _ABSENT
    phrases: Annotated[Mapping[str, Any], record("", Notations, optional=_PHRASES)] = _ABSENT
    attendance_categories: Annotated[Mapping[str, Any], record("", Words, " ".join(_CATEGORIES))] = _ABSENT
    documents: Annotated[Mapping[str, Any], record("", Words, "generic")] = _ABSENT
    meetings: Annotated[Mapping[str, Any], _MEETINGS] = _ABSENT
    owners: Annotated[Mapping[str, Any], record("", Words, "name_links name_links_any")] = _ABSENT
    organization_names: Annotated[Mapping[str, Any], record("", Words, "links stops offices")] = _ABSENT
    placeholders: Annotated[
        Mapping[str, Any], record("", Words, "words references unfinished remaining numbered joining")
    ] = _ABSENT
    persons: Annotated[Mapping[str, Any], record("", Words, "titles particles offices")] = _ABSENT
    typography: Annotated[Mapping[str, Any], record("", Words, "repeated repeated_by_mistake")] = _ABSENT
    abbreviation: Annotated[Mapping[str, Any], _ABBREVIATION] = _ABSENT
    where: Annotated[Mapping[str, Any], _WHERE] = _ABSENT
    interface: Annotated[Mapping[str, Any], _INTERFACE] = _ABSENT
    statistics: Annotated[Mapping[str, Any], _STATISTICS] = _ABSENT
    outline: Annotated[Mapping[str, Any], _OUTLINE] = _ABSENT
    translations: Mapping[str, str | Annotated[Words, _Forms()]] = field(default_factory=dict)

    def mistakes(self, at: At) -> Iterator[Mistake]:
        if self.interface:
            for name in _OF_MESSAGES:
                if not getattr(self, name):
                    yield at(f"“{name}” is missing: a language of messages needs it")
        for template, translation in self.translations.items():
            for text in (translation,) if isinstance(translation, str) else translation:
                if message := _fills(_PLACEHOLDER.findall(template), text):
                    yield at("translations", template, message)
        number = len(self.plurals) + 1
        for keys, forms in self._forms():
            if len(forms) != number:
                yield at(*keys, f"must have {number} forms, as “plurals” says, not {len(forms)}")

    def _forms(self) -> Iterator[tuple[tuple[str, ...], Sequence[str]]]:
        """Yield every list of forms, and the path of keys to it."""
        for name, section in (("interface", _INTERFACE), ("statistics", _STATISTICS), ("outline", _OUTLINE)):
            yield from _forms_in(section, getattr(self, name) or {}, (name,))
        for template, translation in self.translations.items():
            if not isinstance(translation, str):
                yield ("translations", template), translation


def _forms_in(kind: Any, value: Any, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Sequence[str]]]:
    plan = plan_of(kind)
    if any(isinstance(constraint, _Forms) for constraint in plan.constraints):
        yield keys, value
    elif isinstance(plan.kind, Record):
        for key, inner in plan.kind.fields.items():
            if key in value:
                yield from _forms_in(inner.kind, value[key], (*keys, key))


def lexicon_mistakes(file: DataFile, code: str) -> list[Mistake]:
    """Return every mistake in the lexicon of the language ``code``."""
    lexicon, mistakes = read_declared(LexiconShape, file)
    if lexicon is not INVALID and lexicon.language != code:
        mistakes.append(file.mistake(("language",), f"“{lexicon.language}” is not the language of {code}.yaml"))
    return mistakes
