"""Rule cards: the part of a rule that editors write, loaded from YAML.

Loading validates a whole file and reports every mistake with its line and column.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any, NamedTuple

from reportlint.errors import DataError, Mistake
from reportlint.knowledge.data_file import DataFile
from reportlint.knowledge.levels import Confidence, DocumentKind, Severity, Stage
from reportlint.knowledge.parameters import CardParameters, read_parameters
from reportlint.knowledge.suggestions import did_you_mean

__all__ = [
    "Authority",
    "Card",
    "CardAuthority",
    "CheckSignature",
    "Checks",
    "Example",
    "Texts",
    "choose_text",
    "compiled_cards",
    "load_cards",
]

_FIELD = re.compile(r"\{(\w+)(?:\|[^{}]*)?\}")

Texts = Mapping[str, str]
"""A text in several languages, by language code."""


class CheckSignature(NamedTuple):
    """What a card has to agree with: the parameters that its check takes, and what the problems of the check name."""

    parameters: type[CardParameters] | None = None
    variants: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


Checks = Mapping[str, CheckSignature | None]
"""The known checks by name; ``None`` for the rules that the engine itself applies."""


class Authority(NamedTuple):
    """The source of a rule: a text for readers and, if there is one, the address of the source."""

    text: str
    url: str | None = None


class CardAuthority(NamedTuple):
    """The source of a rule, as its card gives it: a text in each language."""

    texts: Texts
    url: str | None = None

    def in_language(self, language: str) -> Authority:
        return Authority(choose_text(self.texts, language), self.url)


@dataclass(frozen=True)
class Example:
    """A draft that breaks a rule (``at`` marks the words) or complies with it.

    ``parameters`` are those of the card, overridden by the example's own ``with``: an example can lower a limit of
    ten thousand words instead of exceeding it. ``path`` is the name of the draft, whose suffix selects the reader.
    ``place`` is the ``file:line`` of the example.
    """

    draft: str
    fails: bool
    language: str | None = None
    at: str | None = None
    stage: str | None = None
    parameters: CardParameters | None = None
    path: str = "example.md"
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class Card:
    """A rule card.

    ``message`` holds a text in each language by variant, ``related`` by key. ``parameters`` are the card's parameters
    for its check. The rule does not run on documents of the kinds in ``not_for``, and on those in ``info_for`` its
    findings are infos at most. ``place`` is the ``file:line`` of the card.
    """

    code: str
    name: str
    check: str
    severity: Mapping[Stage, Severity | None]
    confidence: Confidence
    message: Mapping[str, Texts]
    why: Texts
    overrides: tuple[str, ...] = ()
    not_for: frozenset[DocumentKind] = frozenset()
    info_for: frozenset[DocumentKind] = frozenset()
    related: Mapping[str, Texts] | None = None
    authority: CardAuthority | None = None
    examples: tuple[Example, ...] = ()
    parameters: CardParameters | None = None
    place: str = field(default="", compare=False)

    @property
    def family(self) -> str:
        """The letters of the code: ``NUM`` for ``NUM001``."""
        return self.code.rstrip("0123456789")


def choose_text(texts: Texts, language: str) -> str:
    """Return the text in ``language``, else in English, else in any language; "" if there is no text."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def load_cards(
    files: Iterable[DataFile], checks: Checks | None = None, existing: Iterable[Card] = ()
) -> tuple[Card, ...]:
    """Load the cards of several files, sorted by code.

    Args:
        files: the parsed files, each a list of cards.
        checks: the known checks. If given, each card must name one of them, and its parameters are read.
        existing: cards whose codes are already in use.

    Raises:
        DataError: a file is invalid; the error lists every mistake of every file.
    """
    given = tuple(files)
    if not given:
        return ()
    from reportlint.knowledge.card_shape import CARD, CARD_STYLE  # noqa: PLC0415 - compiled rules do not need them
    from reportlint.knowledge.declared import INVALID, Reader  # noqa: PLC0415

    mistakes: list[Mistake] = []
    cards: dict[str, Card] = {}
    codes = {card.code for card in existing}
    for file in given:
        mistakes += file.mistakes
        if not isinstance(file.value, list):
            if not file.mistakes:
                mistakes.append(file.mistake((), "expected a list of cards"))
            continue
        for index, value in enumerate(file.value):
            reader = Reader(file, CARD_STYLE)
            is_read = reader.read(CARD, value, (index,)) is not INVALID
            card_mistakes = [*reader.mistakes, *_name_mistakes(file, index, value, checks, codes)]
            parameters: _Parameters = None, []
            signature = (checks or {}).get(str(value.get("check"))) if isinstance(value, Mapping) else None
            if signature:
                parameters = _read_parameters(file, index, signature, card_mistakes)
            mistakes += card_mistakes
            if is_read and not card_mistakes:
                card = _complete(_card(value), file, index, parameters)
                cards[card.code] = card
                codes.add(card.code)
    if mistakes:
        raise DataError(mistakes)
    return tuple(sorted(cards.values(), key=lambda card: card.code))


def _name_mistakes(
    file: DataFile, index: int, value: Any, checks: Checks | None, codes: Container[str]
) -> Iterator[Mistake]:
    """Yield what is wrong with the names in a card: a code in use, an unknown check."""
    code, check = (value.get(key) if isinstance(value, Mapping) else None for key in ("code", "check"))
    if isinstance(code, str) and code in codes:
        yield file.mistake((index, "code"), f"another card already uses the code {code}")
    if isinstance(check, str) and check and checks is not None and check not in checks:
        yield file.mistake((index, "check"), f"unknown check “{check}”{did_you_mean(check, checks)}")


_Parameters = tuple[CardParameters | None, list[CardParameters | None]]
"""The parameters of a card and those of each of its examples."""


def _read_parameters(file: DataFile, index: int, signature: CheckSignature, mistakes: list[Mistake]) -> _Parameters:
    """Read the parameters of a card and its examples; append any mistakes to ``mistakes``."""
    value = file.value[index]
    name = str(value["check"])
    kind = signature.parameters
    parameters, parameter_mistakes = read_parameters(kind, file, (index,), name)
    examples = value.get("examples")
    by_example: list[CardParameters | None] = []
    for number, example in enumerate(examples if isinstance(examples, list) and not parameter_mistakes else ()):
        example_parameters = None
        if isinstance(example, Mapping) and "with" in example:
            example_parameters, example_mistakes = read_parameters(
                kind, file, (index, "examples", number), name, value.get("with")
            )
            parameter_mistakes += example_mistakes
        by_example.append(example_parameters or parameters)
    mistakes += parameter_mistakes
    if not mistakes:
        mistakes += _signature_mistakes(file, (index,), value, signature, parameters)
    return parameters, by_example


def _complete(card: Card, file: DataFile, index: int, parameters: _Parameters) -> Card:
    """Add to a card and its examples their parameters and places."""
    card_parameters, by_example = parameters
    examples = tuple(
        replace(example, parameters=example_parameters, place=file.line((index, "examples", number)))
        for number, (example, example_parameters) in enumerate(zip_longest(card.examples, by_example))
    )
    return replace(card, examples=examples, parameters=card_parameters, place=file.line((index,)))


def compiled_cards(data: list[Any], folder: str, checks: Checks | None) -> Iterator[Card]:
    """Yield the cards of a folder from its compiled data, which is known to be valid."""
    file = DataFile(f"{folder}/", data)
    for index, value in enumerate(data):
        card = _card(value)
        signature = (checks or {}).get(card.check)
        if signature and signature.parameters:
            parameters, _ = read_parameters(signature.parameters, file, (index,), card.check)
            card = replace(card, parameters=parameters)
        yield card


def _card(value: Mapping[str, Any]) -> Card:
    """Build a card from data known to be valid."""
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
        not_for=_kinds(value.get("not_for")),
        info_for=_kinds(value.get("info_for")),
        related=value.get("related") or None,
        authority=_authority(authority) if authority else None,
        examples=tuple(_example(example) for example in value.get("examples") or ()),
    )


def _authority(value: Mapping[str, Any]) -> CardAuthority:
    """Return an authority; a single text serves for every language."""
    text = value["text"]
    return CardAuthority({"en": text} if isinstance(text, str) else text, value.get("url"))


def _severities(value: Mapping[str, Any] | str) -> Mapping[Stage, Severity | None]:
    """Return the severity at each stage; a single word applies to all stages."""
    return {stage: _severity(value if isinstance(value, str) else value.get(stage.value)) for stage in Stage}


def _kinds(words: list[str] | None) -> frozenset[DocumentKind]:
    return frozenset(map(DocumentKind, words or ()))


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
        path=value.get("path", "example.md"),
    )


def _signature_mistakes(
    file: DataFile,
    keys: tuple[str | int, ...],
    value: Mapping[str, Any],
    signature: CheckSignature,
    parameters: CardParameters | None,
) -> Iterator[Mistake]:
    """Yield the differences between the texts of a card and what its check declares."""
    check = value["check"]
    messages, related = _by_variant(value["message"]), value.get("related") or {}
    for key, texts, declared in (("message", messages, signature.variants), ("related", related, signature.related)):
        names = set(texts) - {""}
        for name in sorted(names - set(declared)):
            yield file.mistake((*keys, key, name), f"check “{check}” has no “{name}”{did_you_mean(name, declared)}")
        for name in sorted(set(declared) - names) if key == "message" else ():
            yield file.mistake((*keys, key), f"the text “{name}” is missing; “{check}” needs it")
    known = sorted({*signature.fields, *(parameters.message_fields() if parameters else ())})
    for key, by_name in (("message", messages), ("related", related)):
        for variant, texts in by_name.items():
            for language, text in texts.items():
                for name in _FIELD.findall(text):
                    if name not in known:
                        where = (*keys, key, *([variant] if variant else []), language)
                        near = did_you_mean(name, known) or f" (known fields: {', '.join(known)})"
                        yield file.mistake(where, f"unknown field “{{{name}}}” in a message{near}")
