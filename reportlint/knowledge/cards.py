"""Rule cards: what editors own of a rule. Loaded from YAML, validated whole, every mistake with its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reportlint.knowledge.scales import Confidence, Severity, Stage
from reportlint.knowledge.yamlfile import DataError, Mistake, YamlFile

_CODE = re.compile(r"[A-Z]{2,8}\d{3}")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEYS = {
    "code": True,
    "name": True,
    "check": True,
    "severity": True,
    "confidence": True,
    "message": True,
    "why": True,
    "overrides": False,
    "related": False,
    "authority": False,
    "examples": False,
}
_EXAMPLE_KEYS = {"language", "fails", "passes", "at", "path", "stage"}

Texts = Mapping[str, str]
"""A text by language code."""


@dataclass(frozen=True)
class Authority:
    """Who says so: a text for readers and the address of the source, where there is one."""

    text: str
    url: str | None = None


@dataclass(frozen=True)
class Example:
    """A draft that a rule finds fault with (``at`` marks the words) or passes."""

    draft: str
    fails: bool
    language: str | None = None
    at: str | None = None
    stage: str | None = None


@dataclass(frozen=True)
class Card:
    """One rule. ``message`` and ``related`` hold, by variant and by key, the text in each language."""

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

    @property
    def family(self) -> str:
        return self.code.rstrip("0123456789")


def choose_text(texts: Texts, language: str) -> str:
    """The text in ``language``, else in English, else in any."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def load_cards(files: Iterable[YamlFile], checks: Collection[str] | None = None) -> tuple[Card, ...]:
    """Make the cards of several files; ``checks`` are the known names of checks, if they are to be verified.

    Raises:
        DataError: with every mistake of every file.
    """
    mistakes: list[Mistake] = []
    cards: dict[str, Card] = {}
    for file in files:
        mistakes += file.mistakes
        if not isinstance(file.value, list):
            if not file.mistakes:
                mistakes.append(file.mistake((), "a list of cards is expected"))
            continue
        for index, value in enumerate(file.value):
            found = list(_mistakes(file, (index,), value, checks))
            if isinstance(value, Mapping) and str(value.get("code")) in cards:
                found.append(file.mistake((index, "code"), f"there is another card {value['code']}"))
            mistakes += found
            if not found:
                card = card_from_data(value)
                cards[card.code] = card
    if mistakes:
        raise DataError(mistakes)
    return tuple(sorted(cards.values(), key=lambda card: card.code))


def card_from_data(value: Mapping[str, Any]) -> Card:
    """Make one card of data known to be valid (a validated file, or what was compiled from one)."""
    authority = value.get("authority")
    return Card(
        code=value["code"],
        name=value["name"],
        check=value["check"],
        severity={stage: _severity(value["severity"].get(stage.value)) for stage in Stage},
        confidence=Confidence(value["confidence"]),
        message=_by_variant(value["message"]),
        why=value["why"],
        overrides=tuple(value.get("overrides") or ()),
        related=value.get("related") or None,
        authority=Authority(authority["text"], authority.get("url")) if authority else None,
        examples=tuple(_example(example) for example in value.get("examples") or ()),
    )


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


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """ "; did you mean “x”?" for a word near a known one, else nothing."""
    names = list(known)
    near = difflib.get_close_matches(word, names, 1, 0.6)
    if not near:
        folded = {one.casefold(): one for one in names}
        near = [folded[one] for one in difflib.get_close_matches(word.casefold(), list(folded), 1, 0.6)]
    return f"; did you mean “{near[0]}”?" if near else ""


def _mistakes(
    file: YamlFile, keys: tuple[str | int, ...], value: Any, checks: Collection[str] | None
) -> Iterator[Mistake]:
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
    file: YamlFile, keys: tuple[str | int, ...], value: Mapping[str, Any], checks: Collection[str] | None
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
    elif severity is not None:
        yield file.mistake((*keys, "severity"), "a severity for each stage is expected")
    confidence = value.get("confidence")
    if confidence and confidence not in [one.value for one in Confidence]:
        yield file.mistake((*keys, "confidence"), f"“{confidence}” is not high, medium or low")
    overrides = value.get("overrides")
    if overrides is not None and not (isinstance(overrides, list) and all(isinstance(one, str) for one in overrides)):
        yield file.mistake((*keys, "overrides"), "a list of codes is expected")
    authority = value.get("authority")
    if authority is not None and not (isinstance(authority, Mapping) and authority.get("text")):
        yield file.mistake((*keys, "authority"), "an authority has a text, and a url where there is one")


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
