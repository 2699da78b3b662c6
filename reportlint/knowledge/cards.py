"""Rule cards: what editors own of a rule. Loaded from YAML, validated whole, every mistake with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any, NamedTuple

from reportlint.errors import DataError, Mistake
from reportlint.knowledge.parameters import CardParameters, did_you_mean, read_parameters
from reportlint.knowledge.scales import Confidence, Severity, Stage
from reportlint.knowledge.yamlfile import YamlFile

__all__ = [
    "Authority",
    "Card",
    "Checks",
    "Example",
    "Texts",
    "choose_text",
    "compiled_cards",
    "did_you_mean",
    "is_address",
    "load_cards",
]

_CODE = re.compile(r"[A-Z]{2,8}\d{3}")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FIELD = re.compile(r"\{(\w+)\}")
_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}]+")
_KEYS = {
    "code": True,
    "name": True,
    "check": True,
    "severity": True,
    "confidence": True,
    "message": True,
    "why": True,
    "with": False,
    "overrides": False,
    "related": False,
    "authority": False,
    "examples": False,
}
_EXAMPLE_KEYS = {"language", "fails", "passes", "at", "path", "stage", "with"}

Texts = Mapping[str, str]
"""A text by language code."""

Checks = Mapping[str, type[CardParameters] | None]
"""The names of checks, each with the type of what cards give it."""


class Authority(NamedTuple):
    """Who says so: a text for readers and the address of the source, where there is one."""

    text: str
    url: str | None = None


@dataclass(frozen=True)
class Example:
    """A draft that a rule finds fault with (``at`` marks the words) or passes.

    ``parameters`` are those of the card with what the example has under its own ``with``, so that nobody need write ten
    thousand words to show a limit; ``place`` is where the example is written.
    """

    draft: str
    fails: bool
    language: str | None = None
    at: str | None = None
    stage: str | None = None
    parameters: CardParameters | None = None
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class Card:
    """One rule. ``message`` and ``related`` hold, by variant and by key, the text in each language; ``parameters`` is
    what the card gives its check, and ``place`` where the card is written."""

    code: str
    name: str
    check: str
    severity: Mapping[Stage, Severity | None]
    confidence: Confidence
    message: Mapping[str, Texts]
    why: Texts
    overrides: tuple[str, ...] = ()
    related: Mapping[str, Texts] | None = None
    authority: Authority | None = None
    examples: tuple[Example, ...] = ()
    parameters: CardParameters | None = None
    place: str = field(default="", compare=False)

    @property
    def family(self) -> str:
        return self.code.rstrip("0123456789")


def choose_text(texts: Texts, language: str) -> str:
    """The text in ``language``, else in English, else in any."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def load_cards(files: Iterable[YamlFile], checks: Checks | None = None, taken: Iterable[Card] = ()) -> tuple[Card, ...]:
    """Make the cards of several files; ``checks`` are the known checks, if they are to be verified and given what the
    cards have for them. ``taken`` are cards whose codes may not be used again.

    Raises:
        DataError: with every mistake of every file.
    """
    mistakes: list[Mistake] = []
    cards: dict[str, Card] = {}
    codes = {card.code for card in taken}
    for file in files:
        mistakes += file.mistakes
        if not isinstance(file.value, list):
            if not file.mistakes:
                mistakes.append(file.mistake((), "a list of cards is expected"))
            continue
        for index, value in enumerate(file.value):
            found = list(_mistakes(file, (index,), value, checks))
            if isinstance(value, Mapping) and str(value.get("code")) in codes:
                found.append(file.mistake((index, "code"), f"there is another card {value['code']}"))
            given: _Given = None, []
            if isinstance(value, Mapping) and checks is not None and str(value.get("check")) in checks:
                given = _given(file, index, checks, found)
            mistakes += found
            if not found:
                card = _placed(_card(value), file, index, given)
                cards[card.code] = card
                codes.add(card.code)
    if mistakes:
        raise DataError(mistakes)
    return tuple(sorted(cards.values(), key=lambda card: card.code))


_Given = tuple[CardParameters | None, list[CardParameters | None]]
"""The parameters of a card and those of its examples."""


def _given(file: YamlFile, index: int, checks: Checks, mistakes: list[Mistake]) -> _Given:
    """What a card and its examples give the check; mistakes are added to those found."""
    value = file.value[index]
    name = str(value["check"])
    kind = checks[name]
    parameters, wrong = read_parameters(kind, file, (index,), name)
    examples = value.get("examples")
    of_examples: list[CardParameters | None] = []
    for number, one in enumerate(examples if isinstance(examples, list) and not wrong else ()):
        own = None
        if isinstance(one, Mapping) and "with" in one:
            own, more = read_parameters(kind, file, (index, "examples", number), name, value.get("with"))
            wrong += more
        of_examples.append(own or parameters)
    mistakes += wrong
    if parameters and not mistakes:
        mistakes += _field_mistakes(file, (index,), value, parameters)
    return parameters, of_examples


def _placed(card: Card, file: YamlFile, index: int, given: _Given) -> Card:
    """A card with its parameters and the places where it and its examples are written."""
    parameters, of_examples = given
    examples = tuple(
        replace(one, parameters=own, place=file.line((index, "examples", number)))
        for number, (one, own) in enumerate(zip_longest(card.examples, of_examples))
    )
    return replace(card, examples=examples, parameters=parameters, place=file.line((index,)))


def compiled_cards(data: list[Any], folder: str, checks: Checks | None) -> Iterator[Card]:
    """The cards of a folder from what was compiled of them, which is known to be valid."""
    file = YamlFile(f"{folder}/", data)
    for index, value in enumerate(data):
        card = _card(value)
        if checks and "with" in value:
            parameters, _ = read_parameters(checks[card.check], file, (index,), card.check)
            card = replace(card, parameters=parameters)
        yield card


def _card(value: Mapping[str, Any]) -> Card:
    """Make one card of data known to be valid."""
    authority = value.get("authority")
    return Card(
        code=value["code"],
        name=value["name"],
        check=value["check"],
        severity=_severities(value["severity"]),
        confidence=Confidence(value["confidence"]),
        message=_by_variant(value["message"]),
        why=value["why"],
        overrides=tuple(value.get("overrides") or ()),
        related=value.get("related") or None,
        authority=Authority(authority["text"], authority.get("url")) if authority else None,
        examples=tuple(_example(example) for example in value.get("examples") or ()),
    )


def _severities(value: Mapping[str, Any] | str) -> Mapping[Stage, Severity | None]:
    """A severity for each stage, or one word for all of them."""
    return {stage: _severity(value if isinstance(value, str) else value.get(stage.value)) for stage in Stage}


def _severity(word: str | None) -> Severity | None:
    return None if word in (None, "off", "–") else Severity(word)


def _by_variant(message: Mapping[str, Any]) -> Mapping[str, Texts]:
    return {"": message} if all(isinstance(text, str) for text in message.values()) else message


def _example(value: Mapping[str, Any]) -> Example:
    fails = "fails" in value
    return Example(
        value["fails" if fails else "passes"],
        fails,
        value.get("language"),
        value.get("at"),
        value.get("stage"),
    )


def _mistakes(file: YamlFile, keys: tuple[str | int, ...], value: Any, checks: Checks | None) -> Iterator[Mistake]:
    if not isinstance(value, Mapping):
        yield file.mistake(keys, "a card is expected, with code, name, check and so on")
        return
    for key in value:
        if key not in _KEYS:
            yield file.mistake((*keys, key), f"a card has no “{key}”{did_you_mean(str(key), _KEYS)}")
    for key, required in _KEYS.items():
        if required and value.get(key) in (None, "", [], {}):
            yield file.mistake(keys, f"“{key}” is missing")
    yield from _scalar_mistakes(file, keys, value, checks)
    yield from _text_mistakes(file, keys, value)
    yield from _example_mistakes(file, (*keys, "examples"), value.get("examples"))


def _scalar_mistakes(
    file: YamlFile, keys: tuple[str | int, ...], value: Mapping[str, Any], checks: Checks | None
) -> Iterator[Mistake]:
    code, name, check = value.get("code"), value.get("name"), value.get("check")
    if code and not _CODE.fullmatch(str(code)):
        yield file.mistake((*keys, "code"), f"“{code}” is no code: capitals and three figures, such as HSE001")
    if name and not _NAME.fullmatch(str(name)):
        yield file.mistake((*keys, "name"), f"“{name}” is no name: small letters and hyphens")
    if check and checks is not None and str(check) not in checks:
        yield file.mistake((*keys, "check"), f"there is no check “{check}”{did_you_mean(str(check), checks)}")
    severity = value.get("severity")
    stages = [stage.value for stage in Stage]
    if isinstance(severity, Mapping):
        for stage, word in severity.items():
            if stage not in stages:
                yield file.mistake(
                    (*keys, "severity", stage),
                    f"there is no stage “{stage}”{did_you_mean(str(stage), stages)}",
                )
            if word not in ("off", "–", None) and word not in [one.value for one in Severity]:
                yield file.mistake((*keys, "severity", stage), f"“{word}” is no severity (error, warning, info or off)")
    elif severity is not None and severity not in ("off", *[one.value for one in Severity]):
        yield file.mistake((*keys, "severity"), "error, warning, info or off is expected, or one for each stage")
    confidence = value.get("confidence")
    if confidence and confidence not in [one.value for one in Confidence]:
        yield file.mistake((*keys, "confidence"), f"“{confidence}” is not high, medium or low")
    overrides = value.get("overrides")
    if overrides is not None and not (isinstance(overrides, list) and all(isinstance(one, str) for one in overrides)):
        yield file.mistake((*keys, "overrides"), "a list of codes is expected")
    authority = value.get("authority")
    if authority is not None and not (isinstance(authority, Mapping) and _is_text(authority.get("text"))):
        yield file.mistake((*keys, "authority"), "an authority has a text, and a url where there is one")
    elif authority and authority.get("url") is not None and not is_address(authority["url"]):
        yield file.mistake((*keys, "authority", "url"), f"“{authority['url']}” is no address that begins with https://")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_address(value: Any) -> bool:
    """Whether something is the address of a page on the web, and nothing besides."""
    return isinstance(value, str) and bool(_ADDRESS.fullmatch(value))


def _text_mistakes(file: YamlFile, keys: tuple[str | int, ...], value: Mapping[str, Any]) -> Iterator[Mistake]:
    for key in ("message", "why", "related"):
        texts = value.get(key)
        if texts is None:
            continue
        if not isinstance(texts, Mapping):
            yield file.mistake((*keys, key), "a text for each language is expected (en: …)")
            continue
        nested = key == "related" or any(isinstance(one, Mapping) for one in texts.values())
        for variant in texts if nested else ("",):
            one = texts[variant] if nested else texts
            if not isinstance(one, Mapping) or not all(isinstance(text, str) for text in one.values()):
                yield file.mistake((*keys, key, variant), "a text for each language is expected (en: …)")
            elif "en" not in one:
                yield file.mistake((*keys, key, variant), "the text in English (en) is missing")


def _field_mistakes(
    file: YamlFile, keys: tuple[str | int, ...], value: Mapping[str, Any], parameters: CardParameters
) -> Iterator[Mistake]:
    """Fields of messages that the check does not fill."""
    if parameters.open_fields:
        return
    known = sorted(parameters.message_fields())
    for variant, texts in _by_variant(value["message"]).items():
        for language, text in texts.items():
            for name in _FIELD.findall(text):
                if name not in known:
                    where = (*keys, "message", *([variant] if variant else []), language)
                    near = did_you_mean(name, known) or f" (there are {', '.join(known)})"
                    yield file.mistake(where, f"a message has no “{{{name}}}” here{near}")


def _example_mistakes(file: YamlFile, keys: tuple[str | int, ...], examples: Any) -> Iterator[Mistake]:
    if examples is None:
        return
    if not isinstance(examples, list):
        yield file.mistake(keys, "a list of examples is expected")
        return
    for index, example in enumerate(examples):
        where = (*keys, index)
        if not isinstance(example, Mapping) or ("fails" in example) == ("passes" in example):
            yield file.mistake(where, "an example has a draft under either “fails” or “passes”")
            continue
        for key in example:
            if key not in _EXAMPLE_KEYS:
                yield file.mistake((*where, key), f"an example has no “{key}”{did_you_mean(str(key), _EXAMPLE_KEYS)}")
        draft = example.get("fails", example.get("passes"))
        if not isinstance(draft, str):
            yield file.mistake(where, "the draft is a text")
        elif "at" in example and str(example["at"]) not in draft:
            yield file.mistake((*where, "at"), f"“{example['at']}” does not occur in the draft")
